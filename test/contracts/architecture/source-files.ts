import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** One of our files: its path from the repository's root, with `/`, and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

const ours = /\.(?:ts|tsx|mjs|css)$|(?:^|\/)README\.md$|\/public\/[^/]+\.js$/;
const foreign = new Set(['node_modules', 'dist', '.data', '.cache', 'coverage']);

/** TypeScript, scripts, styles and READMEs under the given folders. */
export function sourceFiles(root: string, folders: readonly string[]): readonly SourceFile[] {
  return folders
    .flatMap((folder) => walk(join(root, folder)))
    .map((path) => ({
      path: relative(root, path).replaceAll('\\', '/'),
      text: readFileSync(path, 'utf8'),
    }));
}

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (foreign.has(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return walk(path);
    return ours.test(path) ? [path] : [];
  });
}
