import { createHash } from 'node:crypto';
import type { FieldFault } from '../problems/form.problems.ts';

/** A file in a JSON body; `sha256` (hex) if the sender states the expected hash. */
export interface SentFile {
  readonly base64: string;
  readonly sha256?: string | null;
}

/** Its bytes with their SHA-256 (hex), or what is wrong with it. */
export type ReadFile =
  | { readonly kind: 'read'; readonly bytes: Buffer; readonly sha256: string }
  | { readonly kind: 'faults'; readonly faults: readonly FieldFault[] };

const endPattern = /^[A-Za-z0-9+/]{2}(==|[A-Za-z0-9+/]=|[A-Za-z0-9+/]{2})$/;

/** Decodes a file and compares it with its hash. `within`: the path of the enclosing object, such as `evidence.`. */
export function readSentFile({ base64, sha256 }: SentFile, within = ''): ReadFile {
  const field = (name: string): string => `${within}${name}`;
  const bytes = decoded(base64);
  if (bytes === undefined) {
    const message = `${field('base64')} must be base64`;
    return { kind: 'faults', faults: [{ field: field('base64'), message, allowed: 'base64' }] };
  }
  const found = createHash('sha256').update(bytes).digest('hex');
  if (sha256 === undefined || sha256 === null || sha256 === found) return { kind: 'read', bytes, sha256: found };
  const message = `${field('sha256')} is not the SHA-256 of the bytes sent`;
  const allowed = 'the SHA-256 of the decoded bytes, in lower-case hex';
  return { kind: 'faults', faults: [{ field: field('sha256'), message, allowed }] };
}

/**
 * Undefined if it is not base64. Node ignores characters that it cannot decode, so we encode the result again and
 * compare. This takes a quarter of the time of a pattern over megabytes. In the last four characters, the unused bits may
 * have any value.
 */
function decoded(base64: string): Buffer | undefined {
  if (base64.length % 4 !== 0 || !endPattern.test(base64.slice(-4))) return undefined;
  const bytes = Buffer.from(base64, 'base64');
  return bytes.toString('base64').slice(0, -4) === base64.slice(0, -4) ? bytes : undefined;
}
