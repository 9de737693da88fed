import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './child.mjs';
import { root, step, Stopped, CommandError } from './words.mjs';

/** Beside the folder that Vite empties; it contains the hash of what was built. */
const mark = join(root, 'dist/.built-web');
const page = join(root, 'dist/apps/web/index.html');

/** The web's own files, and what it takes from elsewhere: code lists, the packages, its part of the settings. */
const sources = [
  'apps/web/**/*.*',
  'libs/contracts/src/codes/*.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
];

/** Builds `dist/apps/web` unless it was built from the present sources. `always` builds it in any case. */
export async function builtWeb({ always = false } = {}) {
  // of the sources before the build: a file saved meanwhile makes the next start build again
  const present = hashOfSources();
  if (!always && isFresh(present)) return;
  await step('building the web (vite)', async () => {
    rmSync(mark, { force: true });
    const { code, output, stopped } = await run(
      process.execPath,
      [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--config', 'apps/web/vite.config.ts', '--logLevel=warn'],
      // within tests it is `test`, and React would be built for development
      { quiet: true, env: { NODE_ENV: 'production' } },
    );
    if (stopped) throw new Stopped();
    if (code !== 0) throw new CommandError(`the web did not build:\n${output.trim()}`);
    if (output.trim() !== '') console.log(output.trim());
    writeFileSync(mark, present);
  });
}

function isFresh(present) {
  return existsSync(page) && existsSync(mark) && readFileSync(mark, 'utf8') === present;
}

/** Of names and contents, because a checkout changes the times of files that it does not change. */
function hashOfSources() {
  const hash = createHash('sha256');
  for (const path of globSync(sources, { cwd: root }).sort()) {
    hash.update(`${path}\0`);
    hash.update(readFileSync(join(root, path)));
  }
  return hash.digest('hex');
}
