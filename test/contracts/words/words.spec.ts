import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { languages as published } from '#contracts';
import { families } from './families.ts';
import { languages, localeOf } from '../../../apps/web/src/words/vocabulary.ts';
import { allTexts, filesIn } from './texts.ts';

const files = allTexts();
const plural = /_(?:zero|one|two|few|many|other)$/;

describe.each(files)('The texts of $path', ({ texts }) => {
  it.each(languages)('have every key in %s, with the plurals of that language', (language) => {
    const bases = new Set(Object.keys(texts.en).map((key) => key.replace(plural, '')));
    const counted = new Set(
      Object.keys(texts.en).flatMap((key) => (plural.test(key) ? [key.replace(plural, '')] : [])),
    );
    const categories = new Intl.PluralRules(localeOf[language]).resolvedOptions().pluralCategories;
    const wanted = [...bases].flatMap((base) =>
      counted.has(base) ? categories.map((category) => `${base}_${category}`) : [base],
    );
    expect(Object.keys(texts[language]).sort()).toEqual(wanted.sort());
  });

  it('have the same places for values in every language', () => {
    for (const [key, english] of Object.entries(texts.en)) {
      const others = languages.map((language) => placesIn(texts[language][key] ?? english));
      expect([key, ...others]).toEqual([key, ...languages.map(() => placesIn(english))]);
    }
  });

  it('say something', () => {
    const empty = languages.flatMap((language) =>
      Object.entries(texts[language]).flatMap(([key, text]) => (text.trim() === '' ? [`${language} ${key}`] : [])),
    );
    expect(empty).toEqual([]);
  });
});

describe('The keys of all texts', () => {
  const codeIn = (folder: string): string =>
    filesIn(folder)
      .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.spec.ts'))
      .map((path) => readFileSync(path, 'utf8'))
      .join('\n');

  // the specimens may use a text of the application, but that alone does not keep it
  it.each(['apps/web/src', 'apps/web/specimens'])(
    'in %s are all used: in its code, or as a code of a list',
    (folder) => {
      const code = codeIn(folder);
      const unused = files
        .filter(({ path }) => path.startsWith(`${folder}/`))
        .flatMap(({ path, texts }) =>
          Object.keys(texts.en)
            .map((key) => key.replace(plural, ''))
            .filter((key) => !code.includes(`'${key}'`) && !inFamily(key) && !builtFromParts(code, key))
            .map((key) => `${path}: ${key}`),
        );
      expect(unused).toEqual([]);
    },
  );
});

describe('The codes of the contracts', () => {
  it.each(families)('have words in every language: $prefix*', ({ prefix, suffixes, codes }) => {
    const wanted = codes.flatMap((code) => suffixes.map((suffix) => `${prefix}${code}${suffix}`)).sort();
    for (const language of languages) {
      const there = files
        .flatMap(({ texts }) => Object.keys(texts[language]))
        .filter((key) => key.startsWith(prefix) && (suffixes[0] === '' || suffixes.some((end) => key.endsWith(end))));
      expect([language, ...there.sort()]).toEqual([language, ...wanted]);
    }
  });

  it('include the languages that the application speaks', () => {
    expect([...languages].sort()).toEqual([...published].sort());
  });
});

function placesIn(text: string): readonly string[] {
  return [...text.matchAll(/\{\{([^}]*)\}\}/g)].map(([, name]) => name ?? '').sort();
}

function inFamily(key: string): boolean {
  return families.some(
    ({ prefix, suffixes, codes }) =>
      key.startsWith(prefix) && codes.some((code) => suffixes.some((suffix) => key === prefix + code + suffix)),
  );
}

/** `time.by.${near}` in the code uses every key that begins so. */
function builtFromParts(code: string, key: string): boolean {
  return [...key.matchAll(/[.-]/g)].some(({ index }) => code.includes(`\`${key.slice(0, index + 1)}\${`));
}
