import { describe, expect, it } from '@jest/globals';
import { beginningFor, changeFrame, eventIdOf, openingFrames } from './live.ts';

const kept = { first: 11, last: 20 };

describe('A stream of changes', () => {
  it('begins now for a reader who comes for the first time', () => {
    expect(beginningFor(undefined, kept)).toEqual({ cursor: 20, reset: false });
    expect(beginningFor(undefined, { first: 0, last: 0 })).toEqual({ cursor: 0, reset: false });
  });

  it('goes on after the last event that the reader had', () => {
    expect(beginningFor(eventIdOf(15), kept)).toEqual({ cursor: 15, reset: false });
    expect(beginningFor(eventIdOf(20), kept)).toEqual({ cursor: 20, reset: false });
    expect(beginningFor(eventIdOf(10), kept)).toEqual({ cursor: 10, reset: false });
  });

  it.each([
    ['is kept no more', eventIdOf(9)],
    ['never was', eventIdOf(21)],
    ['is no id of ours', 'yesterday'],
    ['is another text for the same place', `${eventIdOf(15)}=`],
  ])('is reset for a reader whose place %s', (_, id) => {
    expect(beginningFor(id, kept)).toEqual({ cursor: 20, reset: true });
  });

  it('says where it stands before anything happens, and a reset as an event', () => {
    const id = eventIdOf(20);
    expect(openingFrames({ cursor: 20, reset: false })).toBe(`retry: 2000\nid: ${id}\n\n`);
    expect(openingFrames({ cursor: 20, reset: true })).toBe(
      `retry: 2000\nid: ${id}\n\nid: ${id}\nevent: reset\ndata: {}\n\n`,
    );
  });

  it('tells ids and a version, and nothing else', () => {
    expect(changeFrame({ changeId: 3, taskId: 't', referralId: 'r', version: 7 })).toBe(
      `id: ${eventIdOf(3)}\nevent: changed\ndata: {"taskId":"t","referralId":"r","version":7}\n\n`,
    );
  });
});
