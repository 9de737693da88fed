export const waitsForCodes = ['sender', 'agency', 'client', 'coordinator', 'nobody'] as const;
export type WaitsFor = (typeof waitsForCodes)[number];
