export const results = ['in-play', 'met', 'partly-met', 'unmet'] as const;
export type NeedResult = (typeof results)[number];
