import { vocabulary } from '../vocabulary.ts';

export const refusalsWords = vocabulary('refusals', {
  en: () => import('./refusals.en.json', { with: { type: 'json' } }),
  es: () => import('./refusals.es.json', { with: { type: 'json' } }),
});
