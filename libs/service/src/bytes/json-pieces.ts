/** As much of a text as is written at once. */
const pieceLength = 256 * 1024;

/**
 * The JSON of a value, piece by piece: for an answer that holds files. Made at once, megabytes would keep everybody else
 * of this process waiting.
 */
export function* jsonPieces(value: unknown): Generator<string> {
  if (typeof value === 'string' && value.length > pieceLength) yield* piecesOfText(value);
  else if (Array.isArray(value)) yield* piecesOfList(value);
  else if (typeof value === 'object' && value !== null && !('toJSON' in value)) yield* piecesOfObject(value);
  else yield JSON.stringify(value) ?? 'null';
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

// A pair that is cut in two is spelled as two escapes, and read as one letter again.
function* piecesOfText(text: string): Generator<string> {
  yield '"';
  for (let at = 0; at < text.length; at += pieceLength) {
    yield JSON.stringify(text.slice(at, at + pieceLength)).slice(1, -1);
  }
  yield '"';
}
