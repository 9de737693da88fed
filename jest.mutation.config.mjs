import unit from './jest.unit.config.mjs';

/** What stryker.config.mjs runs for each mutant: the specs of the domain, loaded together. */
export default {
  ...unit,
  roots: ['<rootDir>/test/mutation', '<rootDir>/apps/referrals/src/domain', '<rootDir>/libs'],
  testMatch: ['<rootDir>/test/mutation/domain-specs.ts'],
  testTimeout: 60_000,
};
