import { existsSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './child.mjs';
import { root, step, Stopped, CommandError } from './words.mjs';

const mark = join(root, 'dist/.built');

/** Builds `dist` unless it is newer than every source. `always` builds it in any case. */
export async function built({ always = false } = {}) {
  if (!always && isFresh()) return;
  await step('building (tsc)', async () => {
    const began = new Date();
    rmSync(mark, { force: true });
    const { code, output, stopped } = await run(
      process.execPath,
      [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'],
      { quiet: true },
    );
    if (stopped) throw new Stopped();
    if (code !== 0) throw new CommandError(`the build failed:\n${firstLines(output)}`);
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
  return [...files, ...sources(join(root, 'apps')), ...sources(join(root, 'libs'))].every(
    (file) => statSync(file).mtimeMs <= mtimeMs,
  );
}

/** TypeScript files and their folders; a folder's time changes when a file is removed. */
function* sources(folder) {
  yield folder;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(path);
    else if (/\.tsx?$/.test(entry.name)) yield path;
  }
}
