import { vocabulary } from '../vocabulary.ts';

export const eventsWords = vocabulary('events', {
  en: () => import('./events.en.json', { with: { type: 'json' } }),
  es: () => import('./events.es.json', { with: { type: 'json' } }),
});
