import { ready } from '../setup/install.mjs';
import { command, say } from '../setup/words.mjs';
import { jest } from './jest.mjs';

/** `npm run test:unit [-- <Jest arguments>]`: the specs without PostgreSQL; `-- --watch` runs those of changed files. */
await command(async () => {
  await ready();
  const from = performance.now();
  const { code } = await jest(['--config=jest.unit.config.mjs', ...process.argv.slice(2)]);
  say(`unit tests without PostgreSQL: ${((performance.now() - from) / 1000).toFixed(1)} s`);
  process.exitCode = code;
});
