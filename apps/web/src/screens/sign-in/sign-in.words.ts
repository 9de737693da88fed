import { vocabulary } from '../../words/vocabulary.ts';

export const signInWords = vocabulary('sign-in', {
  en: () => import('./sign-in.words.en.json', { with: { type: 'json' } }),
  es: () => import('./sign-in.words.es.json', { with: { type: 'json' } }),
});
