import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { copyOfTheTree, type Copy } from '../copy.ts';
import { yaml } from './develop/yaml.ts';
import { commandTable } from './readme/command-table.ts';
import { mentionsIn, mentionsOf, type Route } from './readme/mentions.ts';
import { Newcomer, type Running } from './readme/newcomer.ts';

const documents = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', 'examples/README.md'],
  ...['docs/add-an-event-type.md', 'docs/kafka-security.md', 'docs/operate.md', 'docs/walkthrough.md'],
  'docs/develop.md',
  ...['docs/domain.md', 'docs/contract.md', 'docs/architecture.md', 'docs/traps.md', 'docs/glossary.md'],
  ...globSync('docs/decisions/*.md').sort(),
].map(mentionsOf);
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

/** Named in a document, and created by the reader or by a command. */
const notInAClone: Readonly<Record<string, string>> = {
  '.data/': 'npm start makes it',
  '.data-dev/': 'npm run dev makes it',
  'coverage/': 'npm run test:coverage makes it',
  '.data/postgres/password': 'npm start makes it',
  '.cache/mutation/incremental.json': 'npm run test:mutation makes it',
  '.cache/mutation/report.html': 'npm run test:mutation makes it',
  '.env': 'readers write it if they want one',
  'examples/curl/.state': 'the examples make it',
  'test/stories/reminder.story.spec.ts': 'whoever follows the guide makes it',
  'referral.task.reminded.1.json': 'whoever follows the guide makes it',
};

describe('what the documents say', () => {
  it.each(documents)('$document names no script that is not there', ({ scripts: named }) => {
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  it.each(documents)('$document names no file or folder that is not there', ({ document, paths }) => {
    const missing = paths.filter((path) => notInAClone[path] === undefined && !isThere(path));
    expect(missing).toEqual([]);
    if (document === 'README.md') expect(paths.length).toBeGreaterThan(10);
  });

  it.each(documents)('$document names no command that is not tried, or has a reason why not', ({ commands }) => {
    expect(commands.filter((command) => commandTable[command] === undefined)).toEqual([]);
  });

  it.each(documents)('$document names no variable that nobody reads', ({ variables }) => {
    const known = ['.env.example', 'examples/curl/state.sh'].map((file) => readFileSync(file, 'utf8')).join('\n');
    expect(variables.filter((name) => !new RegExp(`^[# ]*${name}=`, 'm').test(known))).toEqual([]);
  });

  it('the table of commands has no line that no document names', () => {
    const named = new Set(documents.flatMap(({ commands }) => commands));
    expect(Object.keys(commandTable).filter((command) => !named.has(command))).toEqual([]);
  });

  it('every mention in a document is found, wherever it is', () => {
    const text = [
      'Run `npm run fly`, then look at `libs/nowhere/there.ts`, `lost.md`, `.gone/` and `GET /api/nobody/things`.',
      'With `NO_SUCH=1 npm test -- all` and `NO_SUCH_NAME`, at `/nothing`.',
      '```sh',
      'npm  start   # a comment',
      'curl  http://localhost:3000/docs',
      '```',
      '```',
      ' POST /picture/:id │',
      '```',
    ].join('\n');
    expect(mentionsIn('a.md', text)).toEqual({
      document: 'a.md',
      commands: ['npm start', 'curl http://localhost:3000/docs', 'npm run fly', 'NO_SUCH=1 npm test -- all'],
      scripts: ['fly', 'test'],
      paths: ['libs/nowhere/there.ts', 'lost.md', '.gone/'],
      routes: [
        { method: 'GET', path: '/api/nobody/things' },
        { method: undefined, path: '/nothing' },
        { method: 'POST', path: '/picture/:id' },
      ],
      variables: ['NO_SUCH_NAME'],
    });
  });

  it('docker-compose.yml is as described: PostgreSQL and Kafka, on the ports that the platform uses', () => {
    const { services } = yaml(readFileSync('docker-compose.yml', 'utf8')) as {
      services: Record<string, { image: string; ports: readonly string[]; healthcheck: { test: unknown } }>;
    };
    expect(Object.keys(services)).toEqual(['postgres', 'kafka']);
    expect(services['postgres']).toMatchObject({
      image: expect.stringMatching(/^postgres:\d+$/),
      ports: ['127.0.0.1:${POSTGRES_PORT:-5432}:5432'],
      healthcheck: { test: expect.anything() },
    });
    expect(services['kafka']).toMatchObject({
      image: expect.stringMatching(/^apache\/kafka:[\d.]+$/),
      ports: ['127.0.0.1:${KAFKA_PORT:-9092}:9092'],
      healthcheck: { test: expect.anything() },
    });
  });
});

/** The documents from top to bottom, followed by somebody who has only a clone. The tests build on each other in order. */
describe('the commands in the documents', () => {
  const port = 10_000 + Math.floor(Math.random() * 20_000);
  let clone: Copy;
  let newcomer: Newcomer;
  let platform: Running | undefined;
  let address: string;

  beforeAll(() => {
    clone = copyOfTheTree();
    newcomer = new Newcomer(clone.root, port);
  });
  afterAll(async () => {
    await platform?.ctrlC();
    clone.remove();
  });

  it('npm run build builds', async () => {
    const { status, words } = await newcomer.run('npm run build');
    expect([status, words]).toEqual([0, expect.stringContaining('building the services (tsc): done')]);
    expect(words).toContain('building the web (vite): done');
    for (const built of ['dist/apps/platform/src/main.js', 'dist/apps/web/index.html'])
      expect([built, existsSync(join(clone.root, built))]).toEqual([built, true]);
  }, 120_000);

  it('a service started in its own process names every missing setting', async () => {
    const { status, words } = await newcomer.run('node dist/apps/referrals/src/main.js');
    expect([status, words]).toEqual([78, expect.stringContaining('ISSUER_URL')]);
    for (const name of ['DATABASE_URL', 'PLATFORM_SECRET']) expect(words).toContain(name);
  });

  it('npm start uses the build, and prints its address and the demo people', async () => {
    platform = newcomer.start('npm start');
    const words = await platform.prints(/health\/ready/, 90);
    expect(words).not.toContain('building');
    for (const known of ['dana.planner', 'npm run demo', '/docs', 'Ctrl-C']) expect(words).toContain(known);
    address = /runs at (http:\S+)/.exec(words)?.[1] ?? '';
    expect(address).toMatch(/^http:\/\/localhost:\d+$/);
    expect(existsSync(join(clone.root, '.data/secrets.json'))).toBe(true);
  }, 120_000);

  it('npm run demo plays the referral to its end', async () => {
    const { status, words } = await newcomer.run('npm run demo');
    expect([status, words]).toEqual([0, expect.stringContaining('The loop is closed: closed-with-service.')]);
  }, 120_000);

  it('the examples by curl play their referral to its end', async () => {
    const files = await newcomer.run('for step in 0*.sh; do sh -e "$step" || break; done', 'examples/curl', {
      BASE: address,
    });
    expect(files).toEqual({ status: 0, words: expect.stringContaining('the loop is closed: closed-with-service') });
  }, 60_000);

  it('npm run resend sends the log of every service again, and reports its progress', async () => {
    const { status, words } = await newcomer.run('npm run resend -- all');
    expect([status, words]).toEqual([0, expect.stringMatching(/referrals: done, (\d+) of \1 events from all on/)]);
    expect(words).not.toContain('waits');
  }, 60_000);

  it('npm run rebuild rebuilds the rows of every group, and reports its progress', async () => {
    const { status, words } = await newcomer.run('npm run rebuild -- all');
    expect([status, words]).toEqual([0, expect.stringMatching(/coordination\.board: done, [1-9]\d* streams/)]);
    expect(words.match(/: done, /g)).toHaveLength(14);
  }, 60_000);

  it('npm run ledger:verify finds the ledger of the demo intact, and an anchor of it [S4]', async () => {
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    const { status, words } = await newcomer.run('npm run ledger:verify');
    expect([status, words]).toEqual([0, expect.stringMatching(/the ledger is intact: [1-9]\d* entries/)]);
    expect(words).toMatch(/keep this outside: \{"number":[1-9]\d*,"digest":"[0-9a-f]{64}"\}/);
  }, 60_000);

  it('every route that a document names is one of the platform', async () => {
    const { paths } = (await (await fetch(`${address}/docs-json`)).json()) as { paths: Record<string, object> };
    const promised = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path })),
    );
    const wrong: string[] = [];
    for (const { document, routes } of documents) {
      for (const route of routes) {
        const found = promised.some((each) => isOf(route, each)) || (await isPage(address, route));
        if (!found) wrong.push(`${document}: ${route.method ?? ''} ${route.path}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(documents[0]?.routes.length).toBeGreaterThan(5);
  });

  it('Ctrl-C ends everything, and leaves nothing running', async () => {
    const [running] = newcomer.running();
    if (running !== undefined)
      expect(newcomer.running().join('\n')).toMatch(/postgres[^]*start\.mjs|start\.mjs[^]*postgres/);
    const ended = await platform?.ctrlC();
    platform = undefined;
    expect(ended?.words).toContain('stopped; nothing is left running');
    expect(newcomer.running()).toEqual([]);
    await expect(fetch(address)).rejects.toThrow();
    expect(existsSync(join(clone.root, '.data/postgres'))).toBe(true);
  }, 30_000);

  it('npm run demo:reset deletes the data', async () => {
    const { status, words } = await newcomer.run('npm run demo:reset');
    expect([status, words]).toEqual([0, expect.stringContaining('the demo data is gone')]);
    expect(existsSync(join(clone.root, '.data'))).toBe(false);
  });

  it('every command that the table marks as tried here was tried', () => {
    const tried = Object.entries(commandTable).flatMap(([command, how]) => ('here' in how ? [command] : []));
    expect([...newcomer.ran].sort()).toEqual([...tried].sort());
  });
});

/** A path from the root, or a bare file name anywhere. */
function isThere(path: string): boolean {
  const pattern = path.replaceAll(/<[^>]+>/g, '*').replace(/\/$/, '');
  // built files are in dist under the path of their source
  const source = pattern.replace(/^dist\/(.*)\.js$/, '$1.ts');
  if (!/[*]/.test(source) && existsSync(source)) return true;
  const places = source.includes('/')
    ? [source]
    : ['apps', 'libs', 'test', 'examples'].map((top) => `${top}/**/${source}`);
  return globSync(places, { exclude: (name) => name === 'node_modules' }).length > 0;
}

/** A document may omit the service of a route if it is clear, and write parameters as `:id` or `<id>`. */
function isOf(said: Route, promised: Route): boolean {
  const parts = (said.path.split('?')[0] ?? '').split('/');
  const [, , , ...withoutService] = promised.path.split('/');
  const fits = (path: readonly string[]): boolean =>
    path.length === parts.length &&
    path.every((part, at) => part.startsWith('{') || /^[:<{]/.test(parts[at] ?? '') || part === parts[at]);
  const methodFits = said.method === undefined || said.method === promised.method;
  return methodFits && (fits(promised.path.split('/')) || fits(['', ...withoutService]));
}

async function isPage(address: string, { method, path }: Route): Promise<boolean> {
  if ((method ?? 'GET') !== 'GET' || path.includes('<')) return false;
  return hasPage(`${address}${path}`);
}

/** Whether a browser that goes there gets a page. `fetch` always says that it is not a navigation. */
function hasPage(url: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { accept: 'text/html, */*' } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    }).once('error', reject);
  });
}
