import { createHash } from 'node:crypto';
import type { FieldFault } from '../problems/form.problems.ts';

/** A file as it comes in a JSON body; `sha256` (hex) where the sender says what the bytes must come to. */
export interface SentFile {
  readonly base64: string;
  readonly sha256?: string | null;
}

/** Its bytes with their SHA-256 (hex), or what is wrong with it. */
export type ReadFile =
  | { readonly kind: 'read'; readonly bytes: Buffer; readonly sha256: string }
  | { readonly kind: 'faults'; readonly faults: readonly FieldFault[] };

const base64Pattern = /^[A-Za-z0-9+/]+={0,2}$/;

/** Decodes a file and holds it against its hash. `within`: what its fields stand in, such as `evidence.`. */
export function readSentFile({ base64, sha256 }: SentFile, within = ''): ReadFile {
  const field = (name: string): string => `${within}${name}`;
  if (base64.length % 4 !== 0 || !base64Pattern.test(base64)) {
    const message = `${field('base64')} must be base64`;
    return { kind: 'faults', faults: [{ field: field('base64'), message, allowed: 'base64' }] };
  }
  const bytes = Buffer.from(base64, 'base64');
  const found = createHash('sha256').update(bytes).digest('hex');
  if (sha256 === undefined || sha256 === null || sha256 === found) return { kind: 'read', bytes, sha256: found };
  const message = `${field('sha256')} is not the SHA-256 of the bytes sent`;
  const allowed = 'the SHA-256 of the decoded bytes, in lower-case hex';
  return { kind: 'faults', faults: [{ field: field('sha256'), message, allowed }] };
}
