import everything from './jest.config.mjs';

// a spec that opens a database fails here, also where TEST_DATABASE_URL names one
delete process.env.TEST_DATABASE_URL;

/** The specs that need no PostgreSQL, no broker and no running platform: nothing is started before them. */
export default {
  ...everything,
  roots: ['<rootDir>/apps', '<rootDir>/libs'],
  testPathIgnorePatterns: ['/node_modules/', '\\.(?:db|story|kafka)\\.spec\\.ts$'],
  globalSetup: undefined,
  globalTeardown: undefined,
  // a worker that starts again loads everything again: for a few seconds' work its heap may grow
  workerIdleMemoryLimit: '1500MB',
};
