import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cutBefore, inVersionOrder, missingPredecessors, type Versioned } from './page-order.ts';

const at = (name: string): Versioned => ({ key: name[0] ?? '', streamVersion: Number(name.slice(1)) });
const page = (...names: string[]): readonly Versioned[] => names.map(at);
const names = (events: readonly Versioned[]): readonly string[] =>
  events.map((each) => `${each.key}${each.streamVersion}`);

/** Three streams of up to six events, in any order: far worse than what transactions can do. */
const anyLog = fc.shuffledSubarray(
  ['a', 'b', 'c'].flatMap((key) => Array.from({ length: 6 }, (_, i) => ({ key, streamVersion: i + 1 }))),
  { minLength: 18 },
);

describe('the order of a page', () => {
  it('is that of the versions in each stream, every stream keeping its places', () => {
    expect(names(inVersionOrder(page('a2', 'b1', 'a1', 'c1', 'a3')))).toEqual(['a1', 'b1', 'a2', 'c1', 'a3']);
  });

  it('leaves a page as it is that has no inversion', () => {
    expect(names(inVersionOrder(page('a1', 'b4', 'a2')))).toEqual(['a1', 'b4', 'a2']);
  });
});

describe('the end of a page', () => {
  it('asks for the predecessors that the page has not', () => {
    expect(names(missingPredecessors(page('a1', 'a2', 'b4', 'c2', 'c1')))).toEqual(['b3']);
  });

  it('comes before an event whose predecessor stands after the page', () => {
    expect(names(cutBefore(page('a1', 'b2', 'a2'), page('b1')))).toEqual(['a1']);
    expect(names(cutBefore(page('a1', 'a2'), []))).toEqual(['a1', 'a2']);
  });

  it('comes before an event whose predecessor was cut off with the rest', () => {
    expect(names(cutBefore(page('c1', 'a2', 'b2', 'a1'), page('b1')))).toEqual(['c1']);
  });

  it('never lets an event go before its predecessor, wherever pages end', () => {
    fc.assert(
      fc.property(anyLog, fc.integer({ min: 1, max: 7 }), (log, size) => {
        const sent: Versioned[] = [];
        for (let [from, limit] = [0, size]; from < log.length;) {
          const read = log.slice(from, from + limit);
          const rest = names(log.slice(from + limit));
          const kept = cutBefore(
            read,
            missingPredecessors(read).filter((each) => rest.includes(`${each.key}${each.streamVersion}`)),
          );
          limit = kept.length === 0 ? limit * 2 : size;
          from += kept.length;
          sent.push(...inVersionOrder(kept));
        }
        for (const key of ['a', 'b', 'c']) {
          expect(sent.filter((each) => each.key === key).map((each) => each.streamVersion)).toEqual([1, 2, 3, 4, 5, 6]);
        }
      }),
    );
  });
});
