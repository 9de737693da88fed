import { setImmediate as nextTurn } from 'node:timers/promises';

/** The longest part of a text that is written in one piece. */
const pieceLength = 256 * 1024;

/**
 * The JSON of a value, piece by piece, for an answer that contains files. Written in one piece, megabytes would block
 * everybody else in this process.
 */
export function* jsonPieces(value: unknown): Generator<string> {
  if (typeof value === 'string' && value.length > pieceLength) yield* piecesOfText(value);
  else if (Array.isArray(value)) yield* piecesOfList(value);
  else if (typeof value === 'object' && value !== null && !('toJSON' in value)) yield* piecesOfObject(value);
  else yield JSON.stringify(value) ?? 'null';
}

/**
 * The same pieces, with a turn of the event loop after each large one: a fast reader would otherwise take all of them in
 * one turn.
 */
export async function* jsonPiecesInTurns(value: unknown): AsyncGenerator<string> {
  for (const piece of jsonPieces(value)) {
    yield piece;
    if (piece.length >= pieceLength) await nextTurn();
  }
}

function* piecesOfList(list: readonly unknown[]): Generator<string> {
  yield '[';
  for (const [at, item] of list.entries()) {
    if (at > 0) yield ',';
    yield* jsonPieces(item);
  }
  yield ']';
}

function* piecesOfObject(value: object): Generator<string> {
  let before = '{';
  for (const [key, inner] of Object.entries(value)) {
    if (inner === undefined) continue;
    yield `${before}${JSON.stringify(key)}:`;
    yield* jsonPieces(inner);
    before = ',';
  }
  yield before === '{' ? '{}' : '}';
}

function* piecesOfText(text: string): Generator<string> {
  yield '"';
  for (let at = 0; at < text.length;) {
    const end = wholeLetters(text, at + pieceLength);
    yield JSON.stringify(text.slice(at, end)).slice(1, -1);
    at = end;
  }
  yield '"';
}

// JSON.stringify would write the two halves of a surrogate pair as two escapes, so never cut a pair.
function wholeLetters(text: string, end: number): number {
  return end < text.length && isHighSurrogate(text.charCodeAt(end - 1)) ? end - 1 : end;
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}
