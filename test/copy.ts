import { cpSync, chmodSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What is made by commands; a clone has none of it. */
const made = new Set(['node_modules', 'dist', '.data', '.cache', '.git', 'coverage', '.state']);

export interface Copy {
  readonly root: string;
  remove(): void;
}

/**
 * This working tree as a clone would have it, in a folder of its own. Packages are the ones of this tree: what installing
 * does is not tried here.
 */
export function copyOfTheTree(): Copy {
  // Not the folder itself: PostgreSQL may run as another account (libs/persistence), which must be able to walk there.
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
