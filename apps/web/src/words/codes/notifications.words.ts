import { vocabulary } from '../vocabulary.ts';

export const notificationsWords = vocabulary('notifications', {
  en: () => import('./notifications.en.json', { with: { type: 'json' } }),
  es: () => import('./notifications.es.json', { with: { type: 'json' } }),
});
