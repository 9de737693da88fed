import { describe, expect, it } from '@jest/globals';
import { CodeMissing, faultKind } from './code-missing.ts';

describe('what a boundary says about an error', () => {
  it.each([
    ['code that is gone while there is a network', new CodeMissing(null), true, 'new-version'],
    ['code that cannot be loaded without a network', new CodeMissing(null), false, 'no-network'],
    ['a bug', new TypeError('x is undefined'), true, 'broken'],
    ['a bug without a network', new TypeError('x is undefined'), false, 'broken'],
  ])('%s', (_what, fault, isOnline, kind) => {
    expect(faultKind(fault, isOnline)).toBe(kind);
  });
});
