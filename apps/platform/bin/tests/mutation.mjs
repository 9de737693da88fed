import { setPriority } from 'node:os';
import { join } from 'node:path';
import { run } from '../setup/child.mjs';
import { ready } from '../setup/install.mjs';
import { command, root } from '../setup/words.mjs';

/**
 * `npm run test:mutation [-- <folder or file of the domain> ...]`: changes the domain of referrals in small ways, one at a
 * time, and names the changes that no spec notices.
 */
await command(async () => {
  await ready();
  const places = process.argv.slice(2).filter((each) => !each.startsWith('-'));
  const options = process.argv.slice(2).filter((each) => each.startsWith('-'));
  const files = places.map((each) => (each.endsWith('.ts') ? each : `${each.replace(/\/$/, '')}/**/*.ts`));
  // it takes both processors for an hour: whoever works beside it goes first
  setPriority(10);
  const { code } = await run(process.execPath, [
    join(root, 'node_modules/@stryker-mutator/core/bin/stryker.js'),
    'run',
    ...(files.length === 0 ? [] : ['--mutate', [...files, '!**/*.spec.ts', '!**/testing/**'].join(',')]),
    ...options,
  ]);
  process.exitCode = code;
});
