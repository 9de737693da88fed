/** The letters of Crockford's base 32: without I, L, O and U, which are misread or misheard. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
export const referenceLength = 8;

/** A reference as it is read aloud, in two groups: `K74Q-2M9P`. */
export function readable(reference: string): string {
  return `${reference.slice(0, -4)}-${reference.slice(-4)}`;
}

/**
 * What somebody typed as a reference, in the form of the API; null where it is none, and the term is a name. The same rule as
 * `readReference` of the contracts, whose values the browser does not take; the spec compares them.
 */
export function typedReference(typed: string): string | null {
  const letters = typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll(/[IL]/g, '1').replaceAll('O', '0');
  const isReference = letters.length === referenceLength && [...letters].every((letter) => alphabet.includes(letter));
  return isReference ? letters : null;
}
