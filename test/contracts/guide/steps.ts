import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** One block of code, and its place. */
interface Edit {
  readonly file: string;
  readonly place: 'after' | 'before' | 'instead of' | 'new';
  /** The line, without surrounding blanks; empty for a new file. */
  readonly line: string;
  readonly code: string;
}

/** What the guide says happens without a step. */
export interface Complaint {
  readonly command: string;
  readonly says: string;
}

/** A numbered section of the guide. */
export interface Step {
  readonly name: string;
  readonly edits: readonly Edit[];
  /** Shell commands, line by line. */
  readonly commands: readonly string[];
  readonly leftOut: readonly Complaint[];
}

/** Reads a guide. Throws for a block of code without a sentence that gives its place. */
export function stepsOf(guide: string): readonly Step[] {
  const [, ...sections] = readFileSync(guide, 'utf8').split(/^## /m);
  return sections.map((section) => {
    const name = section.slice(0, section.indexOf('\n'));
    const edits = [...section.matchAll(/^(.*)\n\n```ts\n([\s\S]*?)^```$/gm)].map(([, sentence = '', code = '']) =>
      editOf(name, sentence, code),
    );
    const shells = [...section.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, body = '']) => body);
    const leftOut = [...section.matchAll(/^Left out, `([^`]+)` says `([^`]+)`\.$/gm)].map(
      ([, command = '', says = '']) => ({ command, says }),
    );
    return { name, edits, commands: shells.flatMap((body) => body.trim().split('\n')), leftOut };
  });
}

function editOf(step: string, sentence: string, code: string): Edit {
  const [, fresh] = /^New file `([^`]+)`:$/.exec(sentence) ?? [];
  if (fresh !== undefined) return { file: fresh, place: 'new', line: '', code };
  const [, file, place, line] = /^In `([^`]+)`, (after|before|instead of) `(.+)`:$/.exec(sentence) ?? [];
  if (file === undefined || line === undefined) throw new Error(`${step}: "${sentence}" gives its block no place`);
  return { file, place: place as Edit['place'], line, code };
}

/** Applies a step to a tree. Throws if the line that it names does not occur exactly once. */
export function apply(root: string, { file, place, line, code }: Edit): void {
  const path = join(root, file);
  if (place === 'new') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, code, { flag: 'wx' });
    return;
  }
  const lines = readFileSync(path, 'utf8').split('\n');
  const found = lines.flatMap((each, index) => (each.trim() === line ? [index] : []));
  const [at] = found;
  if (at === undefined || found.length > 1) {
    throw new Error(`${file} has ${found.length} lines "${line}"; the guide must name one that is there once`);
  }
  const block = code.replace(/\n$/, '').split('\n');
  // a new declaration is separated from its neighbour by a blank line
  const apart = place !== 'instead of' && /^(?:\/\*\*|export|describe)/.test(code) ? [''] : [];
  const indent = place === 'instead of' ? (/^ */.exec(lines[at] ?? '')?.[0] ?? '') : '';
  const inserted = block.map((each) => `${indent}${each}`);
  const all = place === 'after' ? [...apart, ...inserted] : [...inserted, ...apart];
  lines.splice(place === 'after' ? at + 1 : at, place === 'instead of' ? 1 : 0, ...all);
  writeFileSync(path, lines.join('\n'));
}
