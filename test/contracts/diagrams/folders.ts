import { importsBetweenFiles } from '../architecture/cruise.ts';
import { document, mermaid, table } from './markdown.ts';

/** Folders that only specs use: test tools. */
const forSpecs = /\.spec\.ts$|\/testing\/|^libs\/testing\/|^test\//;

/** Which folder imports which, from every import statement of shipped code under `baseDir`. */
export async function foldersDocument(baseDir: string): Promise<string> {
  const needs = new Map<string, Set<string>>();
  for (const { from, to } of await importsBetweenFiles(baseDir)) {
    if (forSpecs.test(from) || forSpecs.test(to)) continue;
    const imported = needs.get(folderOf(from)) ?? new Set();
    needs.set(folderOf(from), imported);
    needs.set(folderOf(to), needs.get(folderOf(to)) ?? new Set());
    if (folderOf(to) !== folderOf(from)) imported.add(folderOf(to));
  }
  const names = [...needs.keys()].sort();
  const of = (folder: string): ReadonlySet<string> => needs.get(folder) ?? new Set();
  return document(
    'Which folder imports which',
    'From every import of shipped code; `test/contracts/architecture.spec.ts` holds what is allowed. An arrow that follows ' +
      'from others is left out of the picture; the table has them all.',
    mermaid([
      'flowchart TD',
      ...['apps', 'libs'].flatMap((floor) => [
        `  subgraph ${floor}`,
        ...names
          .filter((folder) => folder.startsWith(`${floor}/`))
          .map((folder) => `    ${idOf(folder)}[${nameOf(folder)}]`),
        '  end',
      ]),
      ...names.flatMap((folder) => drawn(folder, of).map((other) => `  ${idOf(folder)} --> ${idOf(other)}`)),
    ]),
    table(
      ['Folder', 'Imports'],
      names.map((folder) => [`\`${folder}\``, [...of(folder)].sort().map(nameOf).join(', ') || 'nothing']),
    ),
  );
}

/** Without the edges that a longer path already implies. */
function drawn(folder: string, of: (folder: string) => ReadonlySet<string>): readonly string[] {
  const reach = (from: string, seen = new Set<string>()): ReadonlySet<string> => {
    for (const other of of(from)) {
      if (seen.has(other)) continue;
      seen.add(other);
      reach(other, seen);
    }
    return seen;
  };
  const direct = [...of(folder)].sort();
  return direct.filter((other) => !direct.some((via) => via !== other && reach(via).has(other)));
}

function folderOf(path: string): string {
  return path.split('/').slice(0, 2).join('/');
}

function idOf(folder: string): string {
  return folder.replace('/', '_');
}

function nameOf(folder: string): string {
  return folder.split('/')[1] ?? folder;
}
