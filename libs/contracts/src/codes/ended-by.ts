export const endedBy = ['sender', 'coordinator', 'client', 'system', 'timer', 'agency'] as const;
export type EndedBy = (typeof endedBy)[number];
