import { watch } from 'node:fs';
import { join, resolve } from 'node:path';
import { KeptRunning } from './dev/kept-running.mjs';
import { freePort, insideHost, WebServer } from './dev/web-server.mjs';
import { ready } from './setup/install.mjs';
import { stopWithParent } from './setup/orphan.mjs';
import { command, root, say, Stopped, CommandError } from './setup/words.mjs';

/** An editor saves in several steps, and a formatter or a checkout saves many files. */
const QUIET_MS = 100;

/** Where the web is; if it is taken, the next free one. */
const WEB_PORT = 5173;

/**
 * `npm run dev [-- --inspect-brk]`: the platform from its sources, on data of its own, with Node's inspector, behind the
 * server of the web. A saved source of a service starts the platform again; one of the web shows at once. Arguments go to
 * Node.
 */
await command(async () => {
  const given = process.argv.slice(2);
  const odd = given.find((each) => !each.startsWith('--'));
  if (odd !== undefined)
    throw new CommandError(`"${odd}" is no option of Node: say for example npm run dev -- --inspect=9230`);
  await ready();
  const dataDir = resolve(root, process.env.DATA_DIR ?? '.data-dev');
  const port = await freePort(Number(process.env.PORT ?? 3000));
  const web = new WebServer(await freePort(WEB_PORT), `http://${insideHost()}:${port}`);
  const platform = new KeptRunning(argumentsOf(given), {
    DATA_DIR: dataDir,
    PORT: String(port),
    // people, tokens and the session's cookie use one address: that of the web
    PUBLIC_URL: process.env.PUBLIC_URL ?? web.address,
  });
  const changes = watchSources();
  const stop = () => {
    changes.end();
    void platform.stop();
    void web.stop();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
  stopWithParent();
  try {
    await web.start();
    /** @type {readonly string[] | undefined} */
    let saved = changes.hasEnded() ? undefined : [];
    for (; saved !== undefined; saved = await changes.next()) await startAgain(platform, saved);
  } finally {
    stop();
  }
  await Promise.all([platform.stop(), web.stop()]);
  throw new Stopped();
});

function argumentsOf(given) {
  return [
    ...(given.some((each) => each.startsWith('--inspect')) ? [] : ['--inspect']),
    ...given,
    // stacks name lines of the sources
    '--enable-source-maps',
    '--conditions=repo-source',
    `--import=${new URL('dev/compile.mjs', import.meta.url).href}`,
    join(root, 'apps/platform/src/main.ts'),
  ];
}

/** @param {readonly string[]} saved the sources to name; none at the first start */
async function startAgain(platform, saved) {
  const isFirst = saved.length === 0;
  if (!isFirst) say(`${saved[0]}${saved.length > 1 ? ` and ${saved.length - 1} more` : ''} saved ...`);
  const from = performance.now();
  await platform.stop();
  const end = await platform.start({ quiet: !isFirst });
  const seconds = ((performance.now() - from) / 1000).toFixed(1);
  if (end.failed) say('it did not start: save a source to try again');
  if (end.address !== undefined)
    say(`up after ${seconds} s at ${end.address}; saving a source starts it again, one of the web shows at once`);
}

/** `next` resolves to the paths of the sources that were saved since the last call; undefined after `end`. */
function watchSources() {
  const saved = new Set();
  let ended = false;
  /** @type {(value?: unknown) => void} */
  let wake = () => undefined;
  let quiet;
  const watchers = ['apps', 'libs'].map((folder) =>
    watch(join(root, folder), { recursive: true }, (_event, file) => {
      if (file === null || !file.endsWith('.ts') || file.endsWith('.spec.ts')) return;
      // Vite looks after these
      if (folder === 'apps' && /^web[/\\]/.test(file)) return;
      saved.add(join(folder, file));
      clearTimeout(quiet);
      quiet = setTimeout(() => wake(), QUIET_MS);
    }),
  );
  return {
    async next() {
      if (saved.size === 0 && !ended) await new Promise((resolve) => (wake = resolve));
      if (ended) return undefined;
      const found = [...saved].sort();
      saved.clear();
      return found;
    },
    hasEnded: () => ended,
    end() {
      ended = true;
      for (const each of watchers) each.close();
      clearTimeout(quiet);
      wake();
    },
  };
}
