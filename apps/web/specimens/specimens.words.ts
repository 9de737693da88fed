import { vocabulary } from '../src/words/vocabulary.ts';

/** What the specimens say where a screen would give its own texts. */
export const specimenWords = vocabulary('specimens', {
  en: () => import('./specimens.words.en.json', { with: { type: 'json' } }),
  es: () => import('./specimens.words.es.json', { with: { type: 'json' } }),
});
