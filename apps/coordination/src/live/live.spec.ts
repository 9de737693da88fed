import { describe, expect, it } from '@jest/globals';
import { beginningFor, changeFrame, openingFrames } from './live.ts';
import { Places } from './places.ts';

const kept = { first: 11, last: 20 };
const places = new Places('a secret of the platform', 'organization mine');
const eventIdOf = (changeId: number): string => places.idOf(changeId);

describe('A stream of changes', () => {
  it('starts now for a reader who connects for the first time', () => {
    expect(beginningFor(undefined, kept, places)).toEqual({ cursor: 20, reset: false });
    expect(beginningFor(undefined, { first: 0, last: 0 }, places)).toEqual({ cursor: 0, reset: false });
  });

  it('continues after the last event that the reader had', () => {
    expect(beginningFor(eventIdOf(15), kept, places)).toEqual({ cursor: 15, reset: false });
    expect(beginningFor(eventIdOf(20), kept, places)).toEqual({ cursor: 20, reset: false });
    expect(beginningFor(eventIdOf(10), kept, places)).toEqual({ cursor: 10, reset: false });
  });

  it.each([
    ['is kept no more', eventIdOf(9)],
    ['never was', eventIdOf(21)],
    ['is no id of ours', 'yesterday'],
    ['is another text for the same place', `${eventIdOf(15)}=`],
  ])('is reset for a reader whose place %s', (_, id) => {
    expect(beginningFor(id, kept, places)).toEqual({ cursor: 20, reset: true });
  });

  it('sends the current place before any change, and a reset as an event', () => {
    const id = eventIdOf(20);
    expect(openingFrames({ cursor: 20, reset: false }, places)).toBe(`retry: 2000\nid: ${id}\n\n`);
    expect(openingFrames({ cursor: 20, reset: true }, places)).toBe(
      `retry: 2000\nid: ${id}\n\nid: ${id}\nevent: reset\ndata: {}\n\n`,
    );
  });

  it('contains ids and a version, and nothing else', () => {
    expect(changeFrame({ changeId: 3, taskId: 't', referralId: 'r', version: 7 }, places)).toBe(
      `id: ${eventIdOf(3)}\nevent: changed\ndata: {"taskId":"t","referralId":"r","version":7}\n\n`,
    );
  });
});

describe('The id of a place', () => {
  const others = new Places('a secret of the platform', 'organization theirs');

  it('is opaque: it reveals neither its number nor how much happened between two [S14]', () => {
    const ids = Array.from({ length: 1000 }, (_, at) => places.idOf(at));
    expect(new Set(ids).size).toBe(1000);
    for (const id of ids) expect(id).toMatch(/^[\w-]{22}$/);
    expect(ids.toSorted()).not.toEqual(ids);
    expect(Buffer.from(places.idOf(20), 'base64url').toString('latin1')).not.toContain('20');
  });

  it('is the same at every start, is invalid in another organization, and cannot be forged [S14]', () => {
    expect(new Places('a secret of the platform', 'organization mine').placeIn(places.idOf(20))).toBe(20);
    expect(others.placeIn(places.idOf(20))).toBeUndefined();
    expect(new Places('another', 'organization mine').placeIn(places.idOf(20))).toBeUndefined();
    expect(beginningFor(others.idOf(15), kept, places)).toEqual({ cursor: 20, reset: true });
    for (const id of ['', 'x', Buffer.alloc(16).toString('base64url'), 'Y2hhbmdlOjE1', 'é'.repeat(22)]) {
      expect(places.placeIn(id)).toBeUndefined();
    }
  });
});
