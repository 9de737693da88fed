import { describe, expect, it } from '@jest/globals';
import { pseudo, pseudoLocale } from './pseudo.ts';

describe('The pseudo language', () => {
  it('makes a text 40 % longer, between brackets, and leaves the places of values alone', () => {
    expect(pseudo('Send {{count}} now')).toMatch(/^\[Šéñd \{\{count\}\} ñöw.{4}\]$/);
    expect(pseudo('Acknowledge')).toHaveLength('Acknowledge'.length + 5 + 2);
  });

  it('runs from right to left and keeps the dates of English', () => {
    expect(new Intl.Locale(pseudoLocale).maximize().script).toBe('Arab');
    expect(new Intl.DateTimeFormat(pseudoLocale, { month: 'long' }).format(0)).toBe('January');
  });
});
