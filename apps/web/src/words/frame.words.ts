import { vocabulary } from './vocabulary.ts';

/** What every page shows: dates, and the few words that parts and panels share. */
export const frameWords = vocabulary('frame', {
  en: () => import('./frame.en.json', { with: { type: 'json' } }),
  es: () => import('./frame.es.json', { with: { type: 'json' } }),
});
