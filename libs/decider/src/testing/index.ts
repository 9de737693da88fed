export * from './asking.ts';
export * from './cast.ts';
export * from './given-when-then.ts';
export * from './history.ts';
export * from './referral-history.ts';
export * from './histories.ts';
export * from './return-paths.ts';
