import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { jsonPieces } from '../../bytes/json-pieces.ts';

/** So many characters are hashed in one turn of the event loop: a few milliseconds of work. */
const turnLength = 1024 * 1024;

/**
 * SHA-256 in hex of method, path without query, and body: the same request gives the same, however its keys are ordered.
 * A large body is hashed over several turns of the event loop, so that other requests are served between them.
 */
export async function requestHash(method: string, url: string, body: unknown): Promise<string> {
  const [path] = url.split('?');
  const hash = createHash('sha256');
  let text = `${method} ${path}\n`;
  for (const piece of jsonPieces(sorted(body ?? {}))) {
    text += piece;
    if (text.length < turnLength) continue;
    hash.update(text);
    text = '';
    await nextTurn();
  }
  return hash.update(text).digest('hex');
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
