import { vocabulary } from '../vocabulary.ts';

export const codesWords = vocabulary('codes', {
  en: () => import('./codes.en.json', { with: { type: 'json' } }),
  es: () => import('./codes.es.json', { with: { type: 'json' } }),
});
