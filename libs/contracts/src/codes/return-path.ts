export const returnPaths = ['none', 'status', 'outcome'] as const;
export type ReturnPath = (typeof returnPaths)[number];
