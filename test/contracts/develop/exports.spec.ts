import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { importingFiles } from './imports.ts';

const exported = /^export\s+(?:async\s+)?(?:abstract\s+)?(?:const|function\*?|class)\s+([A-Za-z_$][\w$]*)/gm;
const door = /^libs\/[^/]+\/src\/(?:testing\/)?index\.ts$/;
/** The published language is exported as a whole. */
const published = /^libs\/contracts\/src\//;
/** Ours to end: exports of these folders that only their own file uses; for those of the web, screens are being written. */
const notYet = /^(?:apps\/referrals|libs\/persistence|apps\/web\/src)\//;

describe('A value that a file exports', () => {
  it('is used by another file', () => {
    const texts = new Map(importingFiles().map((path) => [path, readFileSync(path, 'utf8')]));
    expect(exportsOf(texts).length).toBeGreaterThan(500);
    expect(unused(texts).filter((each) => !published.test(each) && !notYet.test(each))).toEqual([]);
  });

  it('or is found: a mention in a comment or in the door of a lib is no use', () => {
    const planted = new Map([
      ['libs/a/src/a.ts', 'export const used = 1;\nexport function idle(): void {}\n'],
      ['libs/a/src/index.ts', "export { idle, used } from './a.ts';\n"],
      ['apps/b/src/b.ts', "import { used } from '#a';\n// idle\n"],
    ]);
    expect(unused(planted)).toEqual(['libs/a/src/a.ts: idle']);
  });
});

function exportsOf(texts: ReadonlyMap<string, string>): readonly { readonly path: string; readonly name: string }[] {
  return [...texts].flatMap(([path, text]) => [...text.matchAll(exported)].map(([, name = '']) => ({ path, name })));
}

function unused(texts: ReadonlyMap<string, string>): readonly string[] {
  const users = new Map<string, Set<string>>();
  for (const [path, text] of texts) {
    if (door.test(path)) continue;
    for (const [word] of text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '').matchAll(/[A-Za-z_$][\w$]*/g))
      users.set(word, (users.get(word) ?? new Set()).add(path));
  }
  return exportsOf(texts)
    .filter(({ path, name }) => [...(users.get(name) ?? [])].every((user) => user === path))
    .map(({ path, name }) => `${path}: ${name}`);
}
