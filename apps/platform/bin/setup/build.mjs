import { existsSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtWeb } from './build-web.mjs';
import { run } from './child.mjs';
import { root, step, Stopped, CommandError } from './words.mjs';

const mark = join(root, 'dist/.built');

/** Builds the services and the web, side by side, each unless it is fresh. `always` builds them in any case. */
export async function built({ always = false } = {}) {
  await Promise.all([builtServices({ always }), builtWeb({ always })]);
}

/** Builds `dist` unless it is newer than every source. */
async function builtServices({ always }) {
  if (!always && isFresh()) return;
  await step('building the services (tsc)', async () => {
    const began = new Date();
    rmSync(mark, { force: true });
    const { code, output, stopped } = await run(
      process.execPath,
      [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'],
      { quiet: true },
    );
    if (stopped) throw new Stopped();
    if (code !== 0) throw new CommandError(`the services did not build:\n${firstLines(output)}`);
    writeFileSync(mark, '');
    // a file saved during the build must count as newer than the build
    utimesSync(mark, began, began);
  });
}

function firstLines(output, count = 30) {
  const lines = output.trim().split('\n');
  return [
    ...lines.slice(0, count),
    ...(lines.length > count ? [`... and ${lines.length - count} more lines`] : []),
  ].join('\n');
}

function isFresh() {
  if (!existsSync(mark)) return false;
  const { mtimeMs } = statSync(mark);
  const files = ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'].map((file) =>
    join(root, file),
  );
  return [...files, ...sources('apps'), ...sources('libs')].every((file) => statSync(file).mtimeMs <= mtimeMs);
}

/** TypeScript files of the services and their folders; a folder's time changes when a file is removed. */
function* sources(folder) {
  if (folder === 'apps/web') return;
  yield join(root, folder);
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) yield* sources(path);
    else if (entry.name.endsWith('.ts')) yield join(root, path);
  }
}
