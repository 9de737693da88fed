import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from './child.mjs';
import { root, say, step, Stopped, CommandError } from './words.mjs';

const lockFile = join(root, 'package-lock.json');
const folder = join(root, 'node_modules');
/** npm writes it last, so an interrupted installation has none. */
const installed = join(folder, '.package-lock.json');
const mark = join(root, 'node_modules/.cache/installed-from');
const node = join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');

const QUIETLY = ['--no-audit', '--no-fund', '--loglevel=error', '--include=dev'];

/**
 * What every command does first: packages as the lock file says, and a Node that the platform runs on. Returns
 * when this process is that Node; else runs the same command in it, and ends with its status.
 */
export async function ready() {
  if (!isInstalled()) await install();
  if (rightNode(process.versions.node)) return;
  if (!existsSync(node)) {
    throw new CommandError(
      `Node ${process.versions.node} runs this, 24.9 or newer (below 25) is needed, and the one that npm should have ` +
        `brought is missing. Remove node_modules and try again, or install Node 24.`,
    );
  }
  const { code } = await run(node, [...process.execArgv, ...process.argv.slice(1)], {
    // so that programs started by name use the same Node
    env: { PATH: `${dirname(node)}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH ?? ''}` },
  });
  process.exit(code);
}

function rightNode(version) {
  const [major, minor] = version.split('.').map(Number);
  return major === 24 && minor >= 9;
}

function isInstalled() {
  if (!existsSync(installed)) return false;
  if (existsSync(mark) && readFileSync(mark, 'utf8') === lockHash()) return true;
  // somebody has run npm; times of files say nothing in a copy of the tree
  if (!hasWhatIsLocked()) return false;
  remember();
  return true;
}

/** npm lists in `node_modules/.package-lock.json` what it has put there. Packages for other machines are optional. */
function hasWhatIsLocked() {
  const locked = packagesOf(lockFile);
  const present = packagesOf(installed);
  return Object.entries(locked).every(
    ([path, entry]) =>
      path === '' || (present[path] === undefined ? entry.optional : present[path].integrity === entry.integrity),
  );
}

function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}

async function install() {
  if (lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink())
    throw new CommandError(
      'node_modules is a link, and what it leads to is not what the lock file says. ' +
        'Run npm ci in the folder that it leads to, or remove the link.',
    );
  const before = existsSync(installed) ? 'the lock file has changed since' : 'nothing is installed yet';
  await step(
    'installing packages with npm ci',
    async () => {
      const first = await npm(['ci', ...QUIETLY]);
      // a registry without packages for other machines makes incomplete lock files, which npm ci rejects
      const refused = first.code !== 0 && first.output.includes('are in sync');
      if (refused) say('  npm ci refuses the lock file; installing the same versions with npm install');
      const { code, output, stopped } = refused ? await npm(['install', '--no-save', ...QUIETLY]) : first;
      if (stopped) throw new Stopped();
      if (code !== 0) throw new CommandError(`npm could not install:\n${output.trim()}`);
    },
    `${before}; about a minute`,
  );
  remember();
}

function npm(args) {
  const quiet = { quiet: true };
  const cli = process.env.npm_execpath;
  if (cli !== undefined && /\.c?js$/.test(cli)) return run(process.execPath, [cli, ...args], quiet);
  return run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, quiet);
}

function remember() {
  mkdirSync(dirname(mark), { recursive: true });
  writeFileSync(mark, lockHash());
}

function lockHash() {
  return createHash('sha256').update(readFileSync(lockFile)).digest('hex');
}
