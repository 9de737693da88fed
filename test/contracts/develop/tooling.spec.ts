import { describe, expect, it } from '@jest/globals';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { yaml } from './yaml.ts';

const read = (path: string): unknown => {
  const text = readFileSync(path, 'utf8');
  return path.endsWith('.yml') ? yaml(text) : (JSON.parse(text) as unknown);
};
const { scripts } = read('package.json') as { readonly scripts: Readonly<Record<string, string>> };
const files = [
  ...globSync('.github/**/*.yml'),
  ...globSync('.vscode/*.json'),
  '.devcontainer/devcontainer.json',
  'renovate.json',
  '.swcrc',
].sort();

/** Files that other programs read: what they name must be here. */
describe('the settings of tools', () => {
  it.each(files)('%s can be parsed, and names no command that is not there', (file) => {
    expect(namedIn(commandsIn(read(file))).filter((name) => !isThere(name))).toEqual([]);
  });

  it('are found wherever they are, with the commands in them', () => {
    expect(files.length).toBeGreaterThanOrEqual(8);
    const named = new Set(files.flatMap((file) => namedIn(commandsIn(read(file)))));
    expect([...named]).toEqual(expect.arrayContaining(['npm dev', 'npm test', 'npm test:unit', '.ci/run']));
    expect(namedIn(['npm run fly', 'npm -s run start', 'cd x && npm ci && .ci/gone'])).toEqual([
      'npm fly',
      'npm start',
      '.ci/gone',
    ]);
    expect(['npm fly', '.ci/gone'].filter(isThere)).toEqual([]);
  });

  it('scripts of package.json start files that are there', () => {
    const started = Object.values(scripts).map((script) => /^node (\S+)/.exec(script)?.[1] ?? script);
    expect(started.filter((path) => !existsSync(path))).toEqual([]);
  });

  it('the compiler checks every script, as npm test asks it to', () => {
    const { include } = read('tsconfig.scripts.json') as { readonly include: readonly string[] };
    const isOurs = (path: string): boolean => !/(?:^|\/)(?:node_modules|dist)(?:\/|$)/.test(path);
    const everyScript = globSync('**/*.mjs', { exclude: (path) => !isOurs(path) });
    expect(globSync(include).filter(isOurs).sort()).toEqual(everyScript.sort());
    expect(readFileSync('apps/platform/bin/test.mjs', 'utf8')).toContain("'-p', 'tsconfig.scripts.json'");
  });

  it('the workflow runs what every other runner runs, with the Node of .nvmrc and actions of a named version', () => {
    const { jobs } = read('.github/workflows/ci.yml') as { readonly jobs: Readonly<Record<string, Job>> };
    const steps = Object.values(jobs).flatMap((job) => job.steps);
    expect(steps.flatMap(({ run }) => run ?? [])).toEqual(['npm ci', '.ci/run']);
    expect(steps.find(({ uses }) => uses?.startsWith('actions/setup-node@'))?.with).toMatchObject({
      'node-version-file': '.nvmrc',
      cache: 'npm',
    });
    expect(steps.flatMap(({ uses }) => uses ?? []).filter((uses) => !/@(?:v\d+|[0-9a-f]{40})$/.test(uses))).toEqual([]);
  });

  it('the container has the same editor extensions as the folder recommends, and a Node that the platform runs on', () => {
    const { image, customizations } = read('.devcontainer/devcontainer.json') as {
      readonly image: string;
      readonly customizations: { readonly vscode: { readonly extensions: readonly string[] } };
    };
    const { recommendations } = read('.vscode/extensions.json') as { readonly recommendations: readonly string[] };
    expect(customizations.vscode.extensions).toEqual(recommendations);
    expect(image).toContain(`:${readFileSync('.nvmrc', 'utf8').trim()}-`);
  });

  it('a form for issues has ids and labels for each field', () => {
    for (const file of files.filter((path) => /ISSUE_TEMPLATE\/(?!config)/.test(path))) {
      const { name, description, body } = read(file) as Form;
      expect([file, name, description]).toEqual([file, expect.any(String), expect.any(String)]);
      for (const { type, id, attributes } of body.filter((field) => field.type !== 'markdown'))
        expect([type, id, attributes]).toEqual([
          type,
          expect.any(String),
          expect.objectContaining({ label: expect.any(String) }),
        ]);
    }
  });
});

interface Job {
  readonly steps: readonly {
    readonly run?: string;
    readonly uses?: string;
    readonly with?: Readonly<Record<string, unknown>>;
  }[];
}

interface Form {
  readonly name: string;
  readonly description: string;
  readonly body: readonly { readonly type: string; readonly id?: string; readonly attributes: object }[];
}

/** Every text in it; a program with its arguments as one text. */
function commandsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  const { runtimeExecutable: program, runtimeArgs: args } = value as Readonly<Record<string, unknown>>;
  const started = typeof program === 'string' && Array.isArray(args) ? [[program, ...args].join(' ')] : [];
  return [...started, ...Object.values(value).flatMap(commandsIn)];
}

/** `npm <script>` and `.ci/<file>`, without npm's own commands. */
function namedIn(texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) => [
    ...[...text.matchAll(/\bnpm (?:-\S+ )*(?:run )?([a-z][a-z:-]*)/g)]
      .map(([, name = '']) => name)
      .filter((name) => !['ci', 'install'].includes(name))
      .map((name) => `npm ${name}`),
    ...[...text.matchAll(/(?<!\S)\.ci\/\S+/g)].map(([path]) => path),
  ]);
}

function isThere(name: string): boolean {
  return name.startsWith('npm ') ? scripts[name.slice(4)] !== undefined : existsSync(name);
}
