import { vocabulary } from '../vocabulary.ts';

export const permissionWords = vocabulary('permission', {
  en: () => import('./permission.en.json', { with: { type: 'json' } }),
  es: () => import('./permission.es.json', { with: { type: 'json' } }),
});
