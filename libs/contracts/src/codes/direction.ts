export const directions = ['send', 'return'] as const;
export type Direction = (typeof directions)[number];
