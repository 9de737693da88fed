/** Whether a text says anything: a letter or a digit. Blanks, marks and what nobody sees say nothing. */
export function isSaid(text: string | null | undefined): boolean {
  return typeof text === 'string' && /[\p{L}\p{N}]/u.test(text);
}

/** Whether a text can be a person's name: it has a letter. */
export function isName(text: string | null | undefined): boolean {
  return typeof text === 'string' && /\p{L}/u.test(text);
}

/** Whether two texts name the same: whatever their case, accents, punctuation, and the order of their words. */
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
