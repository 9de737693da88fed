export const priorities = ['routine', 'urgent'] as const;
export type Priority = (typeof priorities)[number];
