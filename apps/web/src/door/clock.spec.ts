import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { better, measured } from './clock.ts';

describe('the offset of the server’s clock', () => {
  it('is never further off than it says, however long the answer took', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -3_600_000, max: 3_600_000 }),
        fc.nat(14_000),
        fc.nat(14_000),
        fc.integer({ min: 1_700_000_000_000, max: 1_900_000_000_000 }),
        (ahead, there, back, sentAt) => {
          const wroteAt = sentAt + there + ahead;
          const date = new Date(Math.floor(wroteAt / 1000) * 1000).toUTCString();
          const { ms, doubtMs } = measured(date, sentAt, sentAt + there + back);
          expect(Math.abs(ms - ahead)).toBeLessThanOrEqual(doubtMs);
        },
      ),
    );
  });

  it('is the most exact one, until the clock of one side was set', () => {
    const exact = { ms: 100, doubtMs: 510 };
    expect(better(null, exact)).toBe(exact);
    expect(better(exact, { ms: 300, doubtMs: 900 })).toBe(exact);
    expect(better({ ms: 300, doubtMs: 900 }, exact)).toBe(exact);
    const afterSetting = { ms: 60_000, doubtMs: 900 };
    expect(better(exact, afterSetting)).toBe(afterSetting);
    expect(better(exact, { ms: Number.NaN, doubtMs: 500 })).toBe(exact);
  });
});
