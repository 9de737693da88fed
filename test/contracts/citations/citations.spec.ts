import { describe, expect, it } from '@jest/globals';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { citationsIn, faultOf } from './citations.ts';
import { sectionsOf, type Sections } from './sections.ts';

/** Matches the documents of the repository; a decision is cited by its path. */
const documents = documentsOf(globSync('docs/*.md'));
const sources = globSync(['*', '{apps,libs,test,examples,docs}/**/*'], { exclude: isMade }).filter((path) =>
  /\.(?:ts|tsx|mjs|js|sh|md|yml)$|^\.env\.example$/.test(path),
);

function documentsOf(paths: readonly string[]): ReadonlyMap<string, Sections> {
  return new Map(paths.map((path) => [basename(path, '.md'), sectionsOf(readFileSync(path, 'utf8'))]));
}

function isMade(name: string): boolean {
  return ['node_modules', 'dist', 'released', '.data', '.git'].includes(basename(name));
}

/** One sentence for each broken citation: file, line, citation, reason. */
function brokenIn(path: string, text: string, known: ReadonlyMap<string, Sections>): readonly string[] {
  return citationsIn(text, known).flatMap((citation) => {
    const fault = faultOf(citation, known);
    return fault === undefined ? [] : [`${path}:${citation.line}: "${citation.words}": ${fault}`];
  });
}

describe('A citation of a document', () => {
  it('names a section, row, step or title that exists, anywhere in code, tests and documents', () => {
    expect(sources.length).toBeGreaterThan(500);
    expect(sources.flatMap((path) => brokenIn(path, readFileSync(path, 'utf8'), documents))).toEqual([]);
  });

  it('is found: there are hundreds, for each of the documents with rules', () => {
    const cited = sources.flatMap((path) => citationsIn(readFileSync(path, 'utf8'), documents));
    expect(cited.length).toBeGreaterThan(250);
    for (const document of ['domain', 'contract', 'architecture', 'traps']) {
      expect(cited.filter((each) => each.document === document).length).toBeGreaterThan(10);
    }
  });

  it.each([
    ['§99 of the domain', ' * (NAME §99).', 'domain', '§99'],
    ['a section of a section', ' * NAME §2.99 says', 'contract', '§2.99'],
    ['a second one', ' * NAME §1, §2.1 and §99', 'contract', '§99'],
    ['a row of the table', ' * (NAME row 99)', 'domain', 'row 99'],
    ['a row in a section', ' * (NAME §3, row 17)', 'domain', 'row 17'],
    ['a step of a saga', ' * (NAME §4.6 step 9)', 'contract', 'step 9'],
    ['a trap', ' * (NAME 36, 99)', 'traps', '99'],
    ['the end of a list of traps', ' * (NAME 1 to 999)', 'traps', '999'],
    ['a title', ' * NAME §2, "Nothing of the kind"', 'domain', '"Nothing of the kind"'],
    ['a title of another section', ' * (NAME §3, timers)', 'domain', 'timers'],
    ['one that runs over the end of a line', ' * as NAME\n * §99 says', 'architecture', '§99'],
    ['a document that is not there', ' * (NAME §1)', 'nowhere', '§1'],
  ])('fails with file, line and citation if it is wrong: %s', (_, planted, document, wrong) => {
    const text = `/**\n${planted.replace('NAME', `${document}.md`)}\n */`;
    expect(brokenIn('apps/planted.ts', text, documents)).toEqual([
      expect.stringMatching(new RegExp(`^apps/planted\\.ts:2: "${document}\\.md[^]*${escaped(wrong)}": `)),
    ]);
  });

  it.each([
    ['domain', '§2, row 17 and row 24; then words'],
    ['domain', '§2, timers: what is due'],
    ['domain', "§2's (reroute): eligibility"],
    ['domain', '§2, told apart where rules do'],
    ['contract', '§4.1 step 4, §4.6 step 2). A stream'],
    ['architecture', '§4 step 6. */'],
    ['traps', '20; kafkajs#1556, #1704'],
    ['traps', '1 to 24).'],
  ])('passes if it is right: %s.md %s', (document, words) => {
    expect(brokenIn('apps/planted.ts', `// ${document}.md ${words}`, documents)).toEqual([]);
  });
});

describe('A document', () => {
  const written = globSync(['*.md', 'docs/**/*.md', 'examples/*.md', '{apps,libs}/*/README.md']);

  it.each(written)('%s links to files and headings that exist', (path) => {
    const links = [...readFileSync(path, 'utf8').matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)];
    const broken = links.filter(([, file = '', anchor]) => {
      const target = file === '' ? path : join(dirname(path), file);
      if (!existsSync(target)) return true;
      return anchor !== undefined && !sectionsOf(readFileSync(target, 'utf8')).anchors.has(anchor);
    });
    expect(broken.map(([link]) => link)).toEqual([]);
  });

  it('names sections of its own that exist', () => {
    const own = [...documents.keys()].flatMap((name) => {
      const path = `docs/${name}.md`;
      // a plain `§2.6` refers to the document itself; references after another document's name were checked above
      const text = readFileSync(path, 'utf8').replaceAll(
        /(?<![\w./-])[\w-]+\.md(?:[\s,;()]|and|or|to|steps? \d+|rows? \d+|§\d+(?:\.\d+)*)*/g,
        '',
      );
      return brokenIn(path, text.replaceAll(/§(?=\d)/g, `${name}.md §`), documents);
    });
    expect(own).toEqual([]);
  });
});

function escaped(words: string): string {
  return words.replaceAll(/[.*+?^${}()|[\]\\"]/g, '\\$&');
}
