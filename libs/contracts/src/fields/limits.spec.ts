import { describe, expect, it } from '@jest/globals';
import { isTextFile } from './storable.ts';
import { hasLength, isMailAddress, isWithoutDoubles } from './limits.ts';

describe('A limit', () => {
  it('of a text counts characters, and a surrogate pair once [S3]', () => {
    expect(hasLength('abc', 3)).toBe(true);
    expect(hasLength('abcd', 3)).toBe(false);
    expect(hasLength('😀😀😀', 3)).toBe(true);
    expect(hasLength('😀😀😀a', 3)).toBe(false);
  });

  it('of a list is checked in one pass, whatever it contains [S3]', () => {
    expect(isWithoutDoubles(['a', 'b'])).toBe(true);
    expect(isWithoutDoubles(['a', 'b', 'a'])).toBe(false);
    const before = process.threadCpuUsage();
    expect(isWithoutDoubles(Array.from({ length: 200_000 }, (_, at) => at))).toBe(true);
    const { user, system } = process.threadCpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(1000);
  });

  it('of an address is checked before its form: a long one is not parsed [S3]', () => {
    expect(isMailAddress('tess@example.org')).toBe(true);
    expect(isMailAddress(`${'a'.repeat(64)}@${'b.'.repeat(200)}org`)).toBe(false);
    expect(isMailAddress('nobody')).toBe(false);
  });
});

describe('A text file', () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

  it('is UTF-8, with or without a byte order mark or form feeds [P9]', () => {
    for (const text of ['', 'Núñez\r\n\tÖztürk 李 😀', '\ufeffa', 'one\ftwo'])
      expect(isTextFile(bytes(text))).toBe(true);
  });

  it.each([
    ['Latin-1', Uint8Array.from([0x4e, 0xfa, 0xf1, 0x65, 0x7a])],
    ['UTF-16', Uint8Array.from([0xff, 0xfe, 0x4e, 0x00])],
    ['a text that was read wrongly before', bytes('N\ufffd\ufffdez')],
    ['NUL', bytes('a\0b')],
    ['an escape', bytes('\u001b[31m')],
    ['C1 controls', bytes('don\u0092t')],
  ])('is not %s [P9]', (_, each) => {
    expect(isTextFile(each)).toBe(false);
  });
});
