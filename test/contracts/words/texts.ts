import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { languages, type Language, type Texts } from '../../../apps/web/src/words/vocabulary.ts';

const root = 'apps/web';

/** The files of one vocabulary: `inbox.words.en.json` and `inbox.words.es.json`, or `frame.en.json` and `frame.es.json`. */
export interface TextFiles {
  readonly path: string;
  readonly texts: Readonly<Record<Language, Texts>>;
}

/** Every vocabulary of the web, read from the disk: Jest does not import JSON as a browser does. */
export function allTexts(): readonly TextFiles[] {
  return filesIn(root)
    .filter((path) => path.endsWith('.en.json'))
    .map((path) => ({
      path,
      texts: Object.fromEntries(
        languages.map((language) => [language, read(path.replace('.en.json', `.${language}.json`))]),
      ) as Record<Language, Texts>,
    }));
}

/** Paths of all files under a folder, from the repository's root. */
export function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'node_modules') return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesIn(path) : [path];
  });
}

function read(path: string): Texts {
  return JSON.parse(readFileSync(path, 'utf8')) as Texts;
}
