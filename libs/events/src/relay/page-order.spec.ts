import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inVersionOrder, sendable, type Versioned } from './page-order.ts';

/** A log as the database returns it: each event knows whether its predecessor comes later. */
function log(...names: readonly string[]): readonly Versioned[] {
  return names.map((name, i) => {
    const [key, streamVersion] = [name[0] ?? '', Number(name.slice(1))];
    return { key, streamVersion, early: names.slice(i).includes(`${key}${streamVersion - 1}`) };
  });
}
const names = (events: readonly Versioned[]): readonly string[] =>
  events.map((each) => `${each.key}${each.streamVersion}`);

/** Three streams of six events in any order: much worse than what transactions can cause. */
const anyLog = fc.shuffledSubarray(
  ['a', 'b', 'c'].flatMap((key) => [1, 2, 3, 4, 5, 6].map((version) => `${key}${version}`)),
  { minLength: 18 },
);

describe('the order of a page', () => {
  it('is that of the versions in each stream, and every stream keeps its places', () => {
    expect(names(inVersionOrder(log('a2', 'b1', 'a1', 'c1', 'a3')))).toEqual(['a1', 'b1', 'a2', 'c1', 'a3']);
  });

  it('is that of the log if no event is early', () => {
    const page = log('a1', 'b4', 'a2');
    expect(inVersionOrder(page)).toBe(page);
  });
});

describe('the end of what may be sent', () => {
  it('is the end of the page if it contains the predecessor of every early event', () => {
    expect(names(sendable(log('a2', 'b4', 'a1')))).toEqual(['a2', 'b4', 'a1']);
  });

  it('is before an event whose predecessor is later or not readable yet', () => {
    expect(names(sendable(log('a1', 'b2', 'a2', 'b1').slice(0, 3)))).toEqual(['a1']);
    expect(names(sendable(log('b2', 'b1').slice(0, 1)))).toEqual([]);
  });

  it('is before an event whose predecessor is on the next page', () => {
    expect(names(sendable(log('c1', 'a2', 'b2', 'a1', 'b1').slice(0, 4)))).toEqual(['c1']);
  });

  it('never lets an event be sent before its predecessor, wherever pages end', () => {
    fc.assert(
      fc.property(anyLog, fc.integer({ min: 1, max: 7 }), (course, size) => {
        const whole = log(...course);
        const sent: Versioned[] = [];
        let limit = size;
        while (sent.length < whole.length) {
          const kept = sendable(whole.slice(sent.length, sent.length + limit));
          limit = kept.length === 0 ? limit * 2 : size;
          sent.push(...inVersionOrder(kept));
        }
        for (const key of ['a', 'b', 'c']) {
          expect(sent.filter((each) => each.key === key).map((each) => each.streamVersion)).toEqual([1, 2, 3, 4, 5, 6]);
        }
      }),
    );
  });
});
