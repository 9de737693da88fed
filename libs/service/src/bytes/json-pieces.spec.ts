import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { jsonPieces } from './json-pieces.ts';

const whole = (value: unknown): string => [...jsonPieces(value)].join('');

describe('JSON in pieces', () => {
  it('is the same as in one piece, for any value [S3]', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => expect(whole(value)).toBe(JSON.stringify(value))));
    const odd = { a: undefined, b: [undefined, null], c: new Date(0), d: {}, e: [] };
    expect(whole(odd)).toBe(JSON.stringify(odd));
  });

  it('has no large piece, and no letter is lost where a text is cut [S3]', () => {
    const text = `a${'😀"'.repeat(200_000)}`;
    const pieces = [...jsonPieces({ files: [{ base64: text }] })];
    expect(Math.max(...pieces.map((each) => each.length))).toBeLessThan(400_000);
    expect(pieces.join('') === JSON.stringify({ files: [{ base64: text }] })).toBe(true);
  });
});
