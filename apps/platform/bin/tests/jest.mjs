import { join } from 'node:path';
import { run } from '../setup/child.mjs';
import { root } from '../setup/words.mjs';

/** Runs Jest on this repository's ES modules. Resolves as {@link run} does. */
export function jest(args) {
  return run(process.execPath, [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    join(root, 'node_modules/jest/bin/jest.js'),
    ...args,
  ]);
}
