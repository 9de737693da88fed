export { actorOf } from './actors.ts';
export { freshDatabase, provisionForTests, testCluster, testDatabase, testPasswords } from './database.ts';
export type { TestDatabase } from './database.ts';
export { FakeClock } from './fake-clock.ts';
export type { Passing } from './fake-clock.ts';
export { seededIds } from './seeded-ids.ts';
export type { SeededIds } from './seeded-ids.ts';
export { testTokens } from './tokens.ts';
export type { TestTokens, TokenChanges } from './tokens.ts';
