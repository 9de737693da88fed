import { cpSync, chmodSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Created by commands; a clone does not have them. */
const made = new Set(['node_modules', 'dist', '.data', '.data-dev', '.cache', '.git', 'coverage', '.state']);

export interface Copy {
  readonly root: string;
  remove(): void;
}

/**
 * A copy of this working tree as a clone would have it, in its own folder. It uses this tree's packages: installation is
 * not tested here.
 */
export function copyOfTheTree(): Copy {
  // not the folder itself: PostgreSQL may run as another account (libs/persistence), which must be able to enter the
  // folder
  const root = mkdtempSync(join(tmpdir(), 'closed-loop-clone-'));
  chmodSync(root, 0o755);
  for (const name of readdirSync(process.cwd())) {
    if (made.has(name)) continue;
    cpSync(join(process.cwd(), name), join(root, name), {
      recursive: true,
      filter: (path) => !made.has(path.slice(path.lastIndexOf('/') + 1)),
    });
  }
  symlinkSync(join(process.cwd(), 'node_modules'), join(root, 'node_modules'));
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) };
}
