import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readSentFile } from './sent-file.ts';

const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const base64Of = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const someBytes = fc.uint8Array({ minLength: 1, maxLength: 200 });

describe('A file in a body', () => {
  it('is decoded unchanged, with its SHA-256, whether or not the sender gave one', () => {
    fc.assert(
      fc.property(someBytes, fc.boolean(), (bytes, given) => {
        const sha256 = sha256Of(bytes);
        const read = readSentFile({ base64: base64Of(bytes), ...(given ? { sha256 } : {}) });
        expect(read).toEqual({ kind: 'read', bytes: Buffer.from(bytes), sha256 });
      }),
    );
  });

  it('with a wrong hash gets a fault of that field', () => {
    const read = readSentFile({ base64: 'SGVsbG8=', sha256: sha256Of(Buffer.from('Hullo')) }, 'evidence.');
    expect(read).toEqual({
      kind: 'faults',
      faults: [
        {
          field: 'evidence.sha256',
          message: 'evidence.sha256 is not the SHA-256 of the bytes sent',
          allowed: 'the SHA-256 of the decoded bytes, in lower-case hex',
        },
      ],
    });
  });

  it.each(['SGVsbG8', 'SGVs bG8=', 'SGVsbG8-', '====', '\nSGVsbG8='])('%j is not base64', (base64) => {
    expect(readSentFile({ base64 })).toEqual({
      kind: 'faults',
      faults: [{ field: 'base64', message: 'base64 must be base64', allowed: 'base64' }],
    });
  });
});
