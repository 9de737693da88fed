export const assignments = ['directed', 'pool'] as const;
export type Assignment = (typeof assignments)[number];
