import { globSync, readFileSync } from 'node:fs';
import ts from 'typescript';

/** A package that a file of ours imports. */
export interface PackageImport {
  readonly path: string;
  readonly name: string;
}

/** Files of ours that may import packages: sources, scripts, tests, examples and settings. */
export function importingFiles(): readonly string[] {
  return globSync(['*.mjs', '{apps,libs,test,examples}/**/*.{ts,tsx,mjs}'], {
    exclude: (name) => /node_modules/.test(name),
  });
}

/** The packages that a file imports, by type too, dynamically, or by `createRequire`. */
export function packagesIn(path: string, text: string = readFileSync(path, 'utf8')): readonly PackageImport[] {
  const required = [...text.matchAll(/createRequire\([^()]*\)\('([^']+)'\)/g)].map(([, name = '']) => name);
  const imported = ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
  const names = [...imported, ...required].filter((name) => !/^(?:[./#]|node:)/.test(name)).map(packageOf);
  return [...new Set(names)].map((name) => ({ path, name }));
}

/** Of `@nestjs/core/injector` it is `@nestjs/core`. */
function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** Whether the server imports it in production: not a spec, a test tool or a setting, nor the web, which is bundled. */
export function isShipped(path: string): boolean {
  if (path.startsWith('apps/web/')) return false;
  return /^(?:apps|libs)\/[^/]+\/src\//.test(path) && !/\.spec\.ts$|\/testing\/|^libs\/testing\//.test(path);
}
