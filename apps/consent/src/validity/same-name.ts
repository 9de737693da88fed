/** Tells whether a text has a letter or a digit. Blanks, punctuation and invisible characters do not count. */
export function isSaid(text: string | null | undefined): boolean {
  return typeof text === 'string' && /[\p{L}\p{N}]/u.test(text);
}

/** Tells whether a text can be a person's name: it has a letter. */
export function isName(text: string | null | undefined): boolean {
  return typeof text === 'string' && /\p{L}/u.test(text);
}

/** Tells whether two texts are the same name, whatever their case, accents, punctuation, and order of words. */
export function isSameName(one: string, other: string): boolean {
  return folded(one) === folded(other);
}

function folded(name: string): string {
  const plain = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toUpperCase().toLowerCase().normalize('NFKD');
  const words = plain
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/['’`\p{Cf}]/gu, '')
    .split(/[^\p{L}\p{N}]+/u);
  return words
    .filter((word) => word !== '')
    .sort()
    .join(' ');
}
