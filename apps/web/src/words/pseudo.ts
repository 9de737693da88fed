const accented: Readonly<Record<string, string>> = {
  ...{ a: 'å', e: 'é', i: 'ï', o: 'ö', u: 'ü', y: 'ÿ', c: 'ç', n: 'ñ', s: 'š', z: 'ž' },
  ...{ A: 'Å', E: 'É', I: 'Ï', O: 'Ö', U: 'Ü', Y: 'Ý', C: 'Ç', N: 'Ñ', S: 'Š', Z: 'Ž' },
};

/** The locale of the pseudo language: English words, right to left. */
export const pseudoLocale = 'en-Arab-US';

/**
 * A text as a language would write it that needs 40 % more room. Brackets show where a text was cut or glued from parts;
 * what stands in `{{ }}` is left alone.
 */
export function pseudo(text: string): string {
  const length = text.replaceAll(/\{\{[^}]*\}\}/g, '').length;
  const more = Math.ceil(length * 0.4);
  const changed = text
    .split(/(\{\{[^}]*\}\})/)
    .map((part) => (part.startsWith('{{') ? part : [...part].map((letter) => accented[letter] ?? letter).join('')))
    .join('');
  return `[${changed}${' lorem ipsum dolor sit amet'.repeat(Math.ceil(more / 27)).slice(0, more)}]`;
}
