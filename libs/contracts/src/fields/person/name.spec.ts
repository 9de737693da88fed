import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isName, nameKeys, nameReadings, sameName, tidyName } from './name.ts';

function finds(asked: string, given: string, family = ''): boolean {
  const keys = nameKeys(given, family);
  return nameReadings(asked).some(
    (words) => words.length > 0 && words.every((word) => keys.some((key) => key.startsWith(word))),
  );
}

describe('a name', () => {
  it.each(['Pia', '李', 'O', 'ם', '7 of 9', '🦊', '🇺🇸', "D'", 'Ngũgĩ', 'ᠮ', '👨‍👩‍👧'.repeat(10)])(
    'may be %j [P1]',
    (name) => {
      expect(isName(name)).toBe(true);
    },
  );

  it.each([
    ...[
      '',
      ' ',
      '\t\n',
      '\u00a0\u3000',
      '\u200b\u200d',
      '\u00ad',
      '\u202e\u2066',
      '\u3164',
      '\uffa0',
      '\u115f\u1160',
      '\u2800',
    ],
    ...[
      '-',
      '...',
      '%',
      '_',
      '"\'"',
      '/',
      '$',
      '+',
      '^',
      '`',
      '´',
      '¡',
      '—',
      '،',
      '\u0640',
      '\u0301',
      '\u{e0041}',
      '\ufeff.',
    ],
  ])('is not %j [P1]', (text) => {
    expect(isName(text)).toBe(false);
  });

  it.each([
    [' Pia ', 'Pia'],
    ['Anna \t  Maria', 'Anna Maria'],
    ['\u200bPia\u3164', 'Pia'],
    ['Cafe\u0301', 'Café'],
    ['\u202eaiP', 'aiP'],
    ['❤️', '❤️'],
  ])('%j is stored as %j [P2]', (text, stored) => {
    expect(tidyName(text)).toBe(stored);
  });
});

describe('searching for a name', () => {
  it.each([
    ['İbrahim', 'İbrahim', ''],
    ['ibrahim', 'İbrahim', ''],
    ['IBRAHIM', 'İbrahim', ''],
    ['ışık', 'IŞIK', ''],
    ['isik', 'Işık', ''],
    ['elodie', 'Élodie', 'Marsh'],
    ['ozturk', '', 'Öztürk'],
    ['Öztürk', '', 'ozturk'],
    ['Nunez', '', 'Núñez'],
    ['Núñez', '', 'Nunez'],
    ['strasse', '', 'Straße'],
    ['STRAẞE', '', 'Straße'],
    ['soren', 'Søren', ''],
    ['lodz', 'Łódź', ''],
    ['dorde', 'Đorđe', ''],
    ['aesir', 'Æsir', ''],
    ['Marsh Elodie', 'Élodie', 'Marsh'],
    ['marsh, elodie', 'Élodie', 'Marsh'],
    ['elo mar', 'Élodie', 'Marsh'],
    ['obrien', 'Pat', "O'Brien"],
    ['o brien', 'Pat', 'O’Brien'],
    ["o'brien pat", 'Pat', 'OBrien'],
    ['O´Brien', 'Pat', "O'Brien"],
    ['mary jane', 'Mary-Jane', 'Watson'],
    ['maryjane', 'Mary Jane', 'Watson'],
    ['Jane-Mary', 'Mary Jane', ''],
    ['de la cruz', 'Ana', 'Delacruz'],
    ['delacruz', 'Ana', 'de la Cruz'],
    ['李小龍', '小龍', '李'],
    ['小龍', '小龍', '李'],
    ['李', '小龍', '李'],
    ['محمد', 'مُحَمَّد', ''],
    ['דוד', 'דָּוִד', ''],
    ['Σίσυφοσ', 'ΣΊΣΥΦΟΣ', ''],
    ['ＰＩＡ', 'Pia', ''],
    ['pi\u00ada', 'P\u200bia', ''],
    ['🦊', '🦊', ''],
    ['O', 'O', ''],
  ])('%j finds %j %j [P3]', (asked, given, family) => {
    expect(finds(asked, given, family)).toBe(true);
  });

  it.each([
    ['Lund', 'Pia', 'Berg'],
    ['arsh', 'Élodie', 'Marsh'],
    ['elodie berg', 'Élodie', 'Marsh'],
    ['が', 'か', ''],
  ])('%j does not find %j %j [P4]', (asked, given, family) => {
    expect(finds(asked, given, family)).toBe(false);
  });

  const anyName = fc
    .oneof(fc.string({ unit: 'grapheme', maxLength: 100 }), fc.string({ unit: 'binary', maxLength: 100 }))
    .filter((text) => isName(text) && text.isWellFormed());

  it('by the same text finds it, in either order, for any text [P3]', () => {
    fc.assert(
      fc.property(anyName, anyName, (given, family) => {
        expect(finds(given, tidyName(given), tidyName(family))).toBe(true);
        expect(finds(`${given} ${family}`, tidyName(given), tidyName(family))).toBe(true);
        expect(finds(`${family} ${given}`, tidyName(given), tidyName(family))).toBe(true);
        expect(finds(given.toUpperCase().toLowerCase(), tidyName(given), '')).toBe(true);
        expect(sameName(given, tidyName(given))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('stores keys that fit an index, however long a letter becomes [P3]', () => {
    for (const key of nameKeys('\ufdfa'.repeat(100), '🦊'.repeat(100))) {
      expect(Buffer.byteLength(key)).toBeLessThanOrEqual(320);
      expect(key.isWellFormed()).toBe(true);
    }
  });
});
