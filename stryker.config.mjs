/**
 * Mutation tests of the domain of referrals (`npm run test:mutation`): each small change of a rule must fail a spec. The
 * report of the last run is kept, so only what has changed since is tried again.
 */
export default {
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner'],
  testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  jest: { configFile: 'jest.mutation.config.mjs', enableFindRelatedTests: false },
  coverageAnalysis: 'perTest',
  mutate: ['apps/referrals/src/domain/**/*.ts', '!**/*.spec.ts', '!**/testing/**'],
  ignorePatterns: ['dist', '.data', '.data-dev', '.cache', 'coverage', 'docs'],
  incremental: true,
  incrementalFile: '.cache/mutation/incremental.json',
  tempDirName: '.cache/mutation/sandbox',
  reporters: ['clear-text', 'progress', 'html'],
  htmlReporter: { fileName: '.cache/mutation/report.html' },
  clearTextReporter: { logTests: false, reportTests: false },
  concurrency: 2,
  // a busy machine makes a test slow, not endless
  timeoutMS: 30_000,
  // the goal is 90; `break` becomes 90 when the whole domain has reached it, so that a run below it fails
  thresholds: { high: 95, low: 90, break: null },
  warnings: { slow: false },
};
