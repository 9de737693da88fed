import { ready } from '../setup/install.mjs';
import { command, say } from '../setup/words.mjs';
import { jest } from './jest.mjs';

/** `npm run test:coverage [-- <Jest arguments>]`: the tests with the lines and branches that none of them reached. */
await command(async () => {
  await ready();
  const { code } = await jest([
    '--coverage',
    '--coverageDirectory=coverage',
    '--coverageReporters=text',
    '--coverageReporters=html',
    '--collectCoverageFrom={apps,libs}/*/src/**/*.ts',
    // specs and what only they use
    '--collectCoverageFrom=!**/{*.spec.ts,testing/**}',
    '--collectCoverageFrom=!libs/testing/**',
    ...process.argv.slice(2),
  ]);
  say('line by line: coverage/index.html');
  process.exitCode = code;
});
