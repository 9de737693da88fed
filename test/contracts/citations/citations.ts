import { isWithin, type Sections } from './sections.ts';

/** One reference of a citation: `domain.md §2, row 17` has two. */
export interface Citation {
  readonly line: number;
  /** As it is written, in one line. */
  readonly words: string;
  /** The name of the document: `domain` of `domain.md`. */
  readonly document: string;
  readonly kind: 'section' | 'row' | 'step' | 'title';
  readonly what: string;
  /** The section named before it; '' if none was. */
  readonly within: string;
}

/** Documents whose table rows are cited by their bare numbers: `traps.md 36`. */
const numberedByRow = new Set(['traps']);

/** A citation may continue on the next line of a comment. */
interface Flat {
  readonly text: string;
  readonly lineAt: (offset: number) => number;
}

/** Every reference to a section of a document, including several in one citation. */
export function citationsIn(text: string, documents: ReadonlyMap<string, Sections>): readonly Citation[] {
  const flat = flatten(text);
  const found: Citation[] = [];
  for (const match of flat.text.matchAll(/(?<![\w./-])(?:docs\/)?([A-Za-z][\w-]*)\.md\b(?!#)/g)) {
    const document = (match[1] ?? '').toLowerCase();
    const after = match.index + match[0].length;
    found.push(...referencesAfter(flat, { from: match.index, at: after }, document, documents.get(document)));
  }
  return found;
}

/** What is wrong with a citation; undefined if its target exists. */
export function faultOf(citation: Citation, documents: ReadonlyMap<string, Sections>): string | undefined {
  const { document, kind, what, within } = citation;
  const sections = documents.get(document);
  if (sections === undefined) return `there is no docs/${document}.md`;
  if (isThere(sections, kind, what, within)) return undefined;
  const place = within === '' ? '' : ` in §${within}`;
  return `docs/${document}.md has no ${kind} ${what}${place}`;
}

function isThere(sections: Sections, kind: Citation['kind'], what: string, within: string): boolean {
  const isRow = sections.rows.some(({ row, section }) => row === what && isWithin(section, within));
  switch (kind) {
    case 'section':
      return sections.numbers.has(what);
    case 'row':
      return isRow;
    case 'step':
      return isRow || (within !== '' && sections.numbers.has(`${within}.${what}`));
    case 'title':
      return sections.titles.some(({ title, section }) => startsWithWords(title, what) && isWithin(section, within));
  }
}

/** The text after the document's name, while it continues to name places in it. */
function referencesAfter(
  { text, lineAt }: Flat,
  { from, at }: { readonly from: number; readonly at: number },
  document: string,
  sections: Sections | undefined,
): readonly Citation[] {
  const found: Citation[] = [];
  let rest = at;
  let within = '';
  let lastKind: Citation['kind'] = 'section';
  for (;;) {
    const next = nextReference(text.slice(rest, rest + 120), document, lastKind, sections);
    if (next === undefined) return found;
    rest += next.length;
    const words = text.slice(from, rest);
    for (const what of next.what) {
      found.push({ line: lineAt(from), words, document, kind: next.kind, what, within: sectionFor(next.kind, within) });
    }
    if (next.kind === 'section') within = next.what[0] ?? '';
    lastKind = next.kind;
  }
}

function sectionFor(kind: Citation['kind'], within: string): string {
  return kind === 'section' ? '' : within;
}

interface Reference {
  readonly kind: Citation['kind'];
  readonly what: readonly string[];
  readonly length: number;
}

const between = /^(?:'s)?(?:[\s,;(]|\band\b|\bor\b|\bto\b)*/;

function nextReference(
  text: string,
  document: string,
  lastKind: Citation['kind'],
  sections: Sections | undefined,
): Reference | undefined {
  const skipped = between.exec(text)?.[0].length ?? 0;
  const rest = text.slice(skipped);
  const made = (kind: Citation['kind'], match: RegExpExecArray, what: readonly string[]): Reference => ({
    kind,
    what,
    length: skipped + match[0].length,
  });
  const section = /^§ ?(\d+(?:\.\d+)*)/.exec(rest);
  if (section !== null) return made('section', section, [section[1] ?? '']);
  const row = /^rows? (\d+[a-z]?)\b/.exec(rest);
  if (row !== null) return made('row', row, [row[1] ?? '']);
  const step = /^steps? (\d+)\b/.exec(rest);
  if (step !== null) return made('step', step, [step[1] ?? '']);
  const quoted = /^"([^"]{3,60})"/.exec(rest);
  if (quoted !== null) return made('title', quoted, [(quoted[1] ?? '').toLowerCase()]);
  const number = /^(\d+[a-z]?)\b(?![\w-])/.exec(rest);
  if (number !== null && (numberedByRow.has(document) || lastKind === 'row'))
    return made('row', number, [number[1] ?? '']);
  const word = /^[A-Za-z][a-z]*(?:-[a-z]+)*/.exec(rest);
  if (word !== null && skipped > 0 && names(sections, word[0])) return made('title', word, [word[0].toLowerCase()]);
  return undefined;
}

const smallWords = new Set(['the', 'what', 'who', 'one', 'where', 'from', 'whose', 'how']);

/** Tells whether a title of the document begins with this word: then the title must be in the named section. */
function names(sections: Sections | undefined, word: string): boolean {
  const lower = word.toLowerCase();
  return !smallWords.has(lower) && sections?.titles.some(({ title }) => startsWithWords(title, lower)) === true;
}

function startsWithWords(title: string, words: string): boolean {
  return title === words || title.startsWith(`${words} `) || title.startsWith(`${words},`);
}

function flatten(text: string): Flat {
  const starts: number[] = [];
  let flat = '';
  for (const [index, line] of text.split('\n').entries()) {
    starts.push(flat.length);
    flat += `${index === 0 ? '' : ' '}${index === 0 ? line : line.replace(/^\s*(?:\*(?!\/)|\/\/|#+(?= )|>)?\s*/, '')}`;
  }
  const lineAt = (offset: number): number => starts.findLastIndex((start) => start <= offset) + 1;
  return { text: flat, lineAt };
}
