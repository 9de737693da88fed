import { readReference } from '#contracts';
import { describe, expect, it } from '@jest/globals';
import { readable, typedReference } from './reference.ts';

describe('A reference', () => {
  it('is read aloud in two groups', () => {
    expect(readable('K74Q2M9P')).toBe('K74Q-2M9P');
  });

  it.each([
    ['k74q-2m9p', 'K74Q2M9P'],
    [' K74Q 2M9P ', 'K74Q2M9P'],
    ['KO4Q-IL9P', 'K04Q119P'],
  ])('is found however it is typed: %s', (typed, reference) => {
    expect(typedReference(typed)).toBe(reference);
    expect(readReference(typed)).toBe(reference);
  });

  it.each(['', 'Rosa', 'K74Q-2M9', 'K74Q-2M9PX', 'K74Q-2M9U'])('is not what is something else: %s', (typed) => {
    expect(typedReference(typed)).toBeNull();
    expect(readReference(typed)).toBeUndefined();
  });
});
