import { join } from 'node:path';
import { built } from './setup/build.mjs';
import { run } from './setup/child.mjs';
import { ready } from './setup/install.mjs';
import { command, root, CommandError } from './setup/words.mjs';

const bin = (path) => join(root, 'node_modules', path);
const eslint = bin('eslint/bin/eslint.js');
const prettier = bin('prettier/bin/prettier.cjs');

async function tool(name, args) {
  const { code } = await run(process.execPath, args);
  if (code !== 0) throw new CommandError(`${name} found something (above)`);
}

const jobs = {
  lint: async () => {
    await tool('eslint', [eslint, '.']);
    await tool('prettier', [prettier, '--check', '--log-level=warn', '.']);
  },
  format: () => tool('prettier', [prettier, '--write', '--log-level=warn', '.']),
  build: () => built({ always: true }),
};

/** `npm run lint`, `npm run format`, `npm run build`. */
await command(async () => {
  const job = jobs[process.argv[2]];
  if (job === undefined) throw new CommandError(`say one of ${Object.keys(jobs).join(', ')}`);
  await ready();
  await job();
});
