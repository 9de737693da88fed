/** What nobody sees: blanks, controls, zero widths, marks of direction, fillers that count as letters or symbols. */
export const unseen = /[\s\p{Z}\p{Cc}\p{Cf}\p{Cn}\p{Default_Ignorable_Code_Point}\u2800]/v;
const seen = new RegExp(`[^${unseen.source.slice(1, -1)}]`, 'v');

/** Whether a text says anything at all: blanks and what cannot be seen are as good as nothing. */
export function saysSomething(text: string): boolean {
  return seen.test(text);
}
