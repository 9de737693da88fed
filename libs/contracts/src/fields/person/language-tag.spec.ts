import { describe, expect, it } from '@jest/globals';
import { canonicalLanguage, primaryLanguage } from './language-tag.ts';

describe('a language tag', () => {
  it.each([
    ['ar', 'ar'],
    ['AR', 'ar'],
    ['pt-br', 'pt-BR'],
    ['zh-hant-tw', 'zh-Hant-TW'],
    ['iw', 'he'],
    ['quc', 'quc'],
    ['mam', 'mam'],
    ['ase', 'ase'],
    ['es-419', 'es-419'],
  ])('%s is read as %s [P11]', (text, tag) => {
    expect(canonicalLanguage(text)).toBe(tag);
  });

  it.each([
    '',
    ' ',
    'a',
    'xx',
    'english',
    'en_US',
    'en-',
    '12',
    'ar ',
    `en-${'a1b2c3d4-'.repeat(5)}x`,
    'x-klingon',
    'é',
  ])('%j is not a language tag [P11]', (text) => {
    expect(canonicalLanguage(text)).toBeUndefined();
  });

  it('is understood by its language [P11]', () => {
    expect(['es-MX', 'ES', 'zh-Hant'].map(primaryLanguage)).toEqual(['es', 'es', 'zh']);
  });
});
