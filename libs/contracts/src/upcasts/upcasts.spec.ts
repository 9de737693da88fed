import { describe, expect, it } from '@jest/globals';
import { eventClasses } from '../event-types.ts';
import { unchanged, upcasts, upcastTo } from './upcasts.ts';

describe('Earlier versions of an event', () => {
  it('are read by the newest class, each with its own upcast', () => {
    const wanted = eventClasses
      .filter(({ schemaVersion }) => schemaVersion > 1)
      .map(({ type, schemaVersion }) => [type, Array.from({ length: schemaVersion - 1 }, (_, index) => index + 1)]);
    const there = Object.entries(upcasts).map(([type, line]) => [type, Object.keys(line).map(Number)]);
    expect(Object.fromEntries(there)).toEqual(Object.fromEntries(wanted));
  });

  it('are, with its own, the only ones that a class reads', () => {
    const newest = { type: 'weather.changed', schemaVersion: 2 };
    expect(upcastTo(newest, 2)).toBe(unchanged);
    expect(upcastTo(newest, 1)).toBeUndefined();
    expect(upcastTo(newest, 3)).toBeUndefined();
  });
});
