/**
 * Invisible characters: blanks, controls, zero widths, direction marks, and fillers that Unicode calls letters or
 * symbols.
 */
export const unseen = /[\s\p{Z}\p{Cc}\p{Cf}\p{Cn}\p{Default_Ignorable_Code_Point}\u2800]/v;
const seen = new RegExp(`[^${unseen.source.slice(1, -1)}]`, 'v');

/** Tells whether a text has any visible character. */
export function saysSomething(text: string): boolean {
  return seen.test(text);
}
