import { describe, expect, it } from '@jest/globals';
import { placeAfter, rowMove, singleKey, type Pressed } from './row-keys.ts';

describe('The keys of a list', () => {
  it.each([
    ['ArrowDown', 'next'],
    ['ArrowUp', 'previous'],
    ['Home', 'first'],
    ['End', 'last'],
    ['j', 'next'],
    ['K', 'previous'],
    ['x', null],
  ])('%s means %s', (key, move) => {
    expect(rowMove(pressed(key), true)).toBe(move);
  });

  it('leave letters alone where single keys are switched off, and keep the arrows', () => {
    expect(rowMove(pressed('j'), false)).toBeNull();
    expect(singleKey(pressed('r'), false)).toBeNull();
    expect(rowMove(pressed('ArrowDown'), false)).toBe('next');
  });

  it('leave every chord to the browser', () => {
    expect(rowMove({ ...pressed('j'), ctrlKey: true }, true)).toBeNull();
    expect(singleKey({ ...pressed('r'), metaKey: true }, true)).toBeNull();
    expect(rowMove({ ...pressed('ArrowDown'), altKey: true }, true)).toBeNull();
  });

  it('give letters in lower case, and no key that has a name', () => {
    expect(singleKey(pressed('A'), true)).toBe('a');
    expect(singleKey(pressed('?'), true)).toBe('?');
    expect(singleKey(pressed('Enter'), true)).toBeNull();
  });

  it('stop at both ends', () => {
    expect(placeAfter('next', 4, 5)).toBe(4);
    expect(placeAfter('previous', 0, 5)).toBe(0);
    expect(placeAfter('last', 0, 5)).toBe(4);
    expect(placeAfter('first', 4, 5)).toBe(0);
  });
});

function pressed(key: string): Pressed {
  return { key, ctrlKey: false, metaKey: false, altKey: false };
}
