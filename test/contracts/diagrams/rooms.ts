import { importsBetweenFiles } from '../architecture/cruise.ts';
import { document, mermaid, table } from './markdown.ts';

/** Folders that only specs use: test tools. */
const forSpecs = /\.spec\.ts$|\/testing\/|^libs\/testing\/|^test\//;

/** Which folder imports which, from every import statement of shipped code under `baseDir`. */
export async function roomsDocument(baseDir: string): Promise<string> {
  const needs = new Map<string, Set<string>>();
  for (const { from, to } of await importsBetweenFiles(baseDir)) {
    if (forSpecs.test(from) || forSpecs.test(to)) continue;
    const known = needs.get(roomOf(from)) ?? new Set();
    needs.set(roomOf(from), known);
    needs.set(roomOf(to), needs.get(roomOf(to)) ?? new Set());
    if (roomOf(to) !== roomOf(from)) known.add(roomOf(to));
  }
  const names = [...needs.keys()].sort();
  const of = (room: string): ReadonlySet<string> => needs.get(room) ?? new Set();
  return document(
    'Which room imports which',
    'From every import of shipped code; `test/contracts/architecture.spec.ts` holds what is allowed. An arrow that follows ' +
      'from others is left out of the picture; the table has them all.',
    mermaid([
      'flowchart TD',
      ...['apps', 'libs'].flatMap((floor) => [
        `  subgraph ${floor}`,
        ...names.filter((room) => room.startsWith(`${floor}/`)).map((room) => `    ${idOf(room)}[${nameOf(room)}]`),
        '  end',
      ]),
      ...names.flatMap((room) => drawn(room, of).map((other) => `  ${idOf(room)} --> ${idOf(other)}`)),
    ]),
    table(
      ['Room', 'Imports'],
      names.map((room) => [`\`${room}\``, [...of(room)].sort().map(nameOf).join(', ') || 'nothing']),
    ),
  );
}

/** Without the edges that a longer path already implies. */
function drawn(room: string, of: (room: string) => ReadonlySet<string>): readonly string[] {
  const reach = (from: string, seen = new Set<string>()): ReadonlySet<string> => {
    for (const other of of(from)) {
      if (seen.has(other)) continue;
      seen.add(other);
      reach(other, seen);
    }
    return seen;
  };
  const direct = [...of(room)].sort();
  return direct.filter((other) => !direct.some((via) => via !== other && reach(via).has(other)));
}

function roomOf(path: string): string {
  return path.split('/').slice(0, 2).join('/');
}

function idOf(room: string): string {
  return room.replace('/', '_');
}

function nameOf(room: string): string {
  return room.split('/')[1] ?? room;
}
