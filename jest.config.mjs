/** One Jest project: real PostgreSQL (and, where there is one, a real broker) is started once, before the first file. */
export default {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['repo-source', 'node'] },
  extensionsToTreatAsEsm: ['.ts'],
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  // how TypeScript is compiled is in .swcrc, which `npm run dev` reads too
  transform: { '^.+\\.ts$': '@swc/jest' },
  globalSetup: '<rootDir>/libs/testing/src/jest/global-setup.mjs',
  globalTeardown: '<rootDir>/libs/testing/src/jest/global-teardown.mjs',
  testTimeout: 60000,
  maxWorkers: 2,
  // Modules of every file stay in a worker's heap: at 1.8 GB one collection of garbage took half a second of a test's time.
  workerIdleMemoryLimit: '500MB',
};
