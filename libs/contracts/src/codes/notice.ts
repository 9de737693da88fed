export const noticeCodes = ['part-2-2.32', 'return-path'] as const;
export type NoticeCode = (typeof noticeCodes)[number];
