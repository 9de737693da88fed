import { describe, expect, it } from '@jest/globals';
import { vocabulary } from './vocabulary.ts';
import { capitalized, Words } from './words.ts';

describe('Words', () => {
  const shelf = vocabulary('shelf', {
    en: () =>
      Promise.resolve({ default: { books_one: '{{count}} book', books_other: '{{count}} books', by: 'by {{who}}' } }),
    es: () => Promise.resolve({ default: { by: 'de {{who}}' } }),
  });

  it('load each language once, and say texts with their values and plurals', async () => {
    const words = new Words();
    expect(words.has(shelf, 'en')).toBe(false);
    await Promise.all([words.load(shelf, 'en'), words.load(shelf, 'en'), words.load(shelf, 'es')]);
    const say = words.say(shelf, 'en');
    expect([say('books', { count: 1 }), say('books', { count: 3 }), say('by', { who: 'Ines' })]).toEqual([
      '1 book',
      '3 books',
      'by Ines',
    ]);
    expect(words.say(shelf, 'es')('by', { who: 'Ines' })).toBe('de Ines');
  });

  it('report a text and a value that are not there, and leave the place empty', async () => {
    const missing: string[] = [];
    const words = new Words({ onMissing: (what) => missing.push(what) });
    await words.load(shelf, 'es');
    const say = words.say(shelf, 'es');
    expect([say('books', { count: 1 }), say('by')]).toEqual(['', 'de ']);
    expect(missing).toHaveLength(2);
  });

  it('try again after a load that failed', async () => {
    let tries = 0;
    const shaky = vocabulary('shaky', {
      en: () => (tries++ === 0 ? Promise.reject(new Error('no network')) : Promise.resolve({ default: { a: 'A' } })),
      es: () => Promise.resolve({ default: { a: 'A' } }),
    });
    const words = new Words();
    await expect(words.load(shaky, 'en')).rejects.toThrow('no network');
    await words.load(shaky, 'en');
    expect(words.say(shaky, 'en')('a')).toBe('A');
  });

  it('begin with a capital where a code begins a line', () => {
    expect([capitalized('no space', 'en-US'), capitalized('él aceptó', 'es-US')]).toEqual(['No space', 'Él aceptó']);
  });
});
