/** Where a key leads in a list. */
export type RowMove = 'next' | 'previous' | 'first' | 'last';

const always: Readonly<Record<string, RowMove>> = {
  ArrowDown: 'next',
  ArrowUp: 'previous',
  Home: 'first',
  End: 'last',
};
const single: Readonly<Record<string, RowMove>> = { j: 'next', k: 'previous' };

/** What was pressed, as far as a list cares. */
export interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** The move that a key asks for. Letters count only while single keys are switched on (WCAG 2.1.4). */
export function rowMove(pressed: Pressed, singleKeys: boolean): RowMove | null {
  if (isChord(pressed)) return null;
  return always[pressed.key] ?? (singleKeys ? single[pressed.key.toLowerCase()] : undefined) ?? null;
}

/** The letter that was pressed alone, in lower case; null for a chord, for other keys, and while letters are switched off. */
export function singleKey(pressed: Pressed, singleKeys: boolean): string | null {
  if (!singleKeys || isChord(pressed)) return null;
  return /^[\p{L}\p{N}?/]$/u.test(pressed.key) ? pressed.key.toLowerCase() : null;
}

/** The place after a move; a list does not wrap around, so that holding a key ends at its end. */
export function placeAfter(move: RowMove, place: number, count: number): number {
  switch (move) {
    case 'next':
      return Math.min(place + 1, count - 1);
    case 'previous':
      return Math.max(place - 1, 0);
    case 'first':
      return 0;
    case 'last':
      return count - 1;
  }
}

function isChord({ ctrlKey, metaKey, altKey }: Pressed): boolean {
  return ctrlKey || metaKey || altKey;
}
