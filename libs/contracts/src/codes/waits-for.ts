export const waitsForParties = ['sender', 'agency', 'client', 'coordinator', 'nobody'] as const;
export type WaitsFor = (typeof waitsForParties)[number];
