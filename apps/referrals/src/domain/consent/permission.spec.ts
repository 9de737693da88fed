import { describe, expect, it } from '@jest/globals';
import { expiredAt, holdsNow, isFresh, isKnown } from './permission.ts';
import { permission } from '../testing/permission.ts';

const now = '2026-03-02T10:00:00.000Z';
const mark = (asOf: string): { partitions: number; asOf: string } => ({ partitions: 3, asOf });

describe('how fresh our view of consent is', () => {
  it('is fresh when every partition was read within 60 seconds', () => {
    const marks = [mark('2026-03-02T09:59:00.000Z'), mark('2026-03-02T09:59:59.000Z'), mark(now)];
    expect(isFresh(marks, now)).toBe(true);
  });

  it('is stale when one partition is a millisecond over 60 seconds behind', () => {
    const marks = [mark('2026-03-02T09:58:59.999Z'), mark(now), mark(now)];
    expect(isFresh(marks, now)).toBe(false);
  });

  it.each([
    ['5 seconds ahead of us is a clock that differs', '2026-03-02T10:00:05.000Z', true],
    ['more than that is a clock that is wrong', '2026-03-02T10:00:05.001Z', false],
    ['50 minutes', '2026-03-02T10:50:00.000Z', false],
    ['a far year', '9999-12-31T23:59:59.999Z', false],
  ])('knows how far a watermark may lie in the future: %s [F1]', (_, asOf, fresh) => {
    expect(isFresh([mark(now), mark(asOf), mark(now)], now)).toBe(fresh);
  });

  it('is stale until a partition that was added to the topic has been read', () => {
    expect(isFresh([mark(now), mark(now), mark(now), { partitions: 4, asOf: now }], now)).toBe(true);
    expect(isFresh([mark(now), mark(now), { partitions: 4, asOf: now }], now)).toBe(false);
  });

  it('is stale until every partition has been read', () => {
    expect(isFresh([], now)).toBe(false);
    expect(isFresh([mark(now), mark(now)], now)).toBe(false);
  });
});

describe('whether what consent says is known', () => {
  const marks = [mark(now), mark(now), mark(now)];

  it.each([
    ['fresh, and no event of the client waits', { waits: false, marks }, true],
    ['fresh, while an event of the client waits', { waits: true, marks }, false],
    ['stale', { waits: false, marks: [] }, false],
  ])('the view is %s', (_, view, known) => {
    expect(isKnown({ clientId: 'any', permissions: [], ...view }, now)).toBe(known);
  });
});

describe('what a permission allows now', () => {
  it('holds within its dates', () => {
    expect(holdsNow(permission, now)).toEqual(permission);
  });

  it('holds from its recording, whatever the clock of whoever recorded it said [F14]', () => {
    expect(holdsNow(permission, '2026-02-28T23:59:59.999Z')).toEqual(permission);
  });

  it('allows nothing from the instant it ends, or when it names no category', () => {
    expect(holdsNow(permission, '2026-04-01T00:00:00.000Z')).toBeUndefined();
    expect(holdsNow({ ...permission, categories: [] }, now)).toBeUndefined();
    expect(holdsNow(undefined, now)).toBeUndefined();
  });
});

describe('why what is required is gone', () => {
  const fell = '2026-03-01T00:00:00.000Z';
  const required = ['core-contact', 'stated-need'] as const;
  const asked = { of: permission.recipientOrganizationId, purpose: permission.purpose, required, now };
  const partly = { ...permission, validUntil: null, categories: ['core-contact'] as const };

  it.each([
    [
      'all that is missing ended by itself',
      { ...partly, expiredCategories: ['stated-need'] as const, expiredAt: fell },
      fell,
    ],
    ['what is missing was taken back', partly, null],
    [
      'some ended by itself, and some was taken back',
      { ...partly, categories: [], expiredCategories: ['stated-need'] as const, expiredAt: fell },
      null,
    ],
    ['the whole answer has come to its end', { ...permission, validUntil: fell }, fell],
    ['nothing is missing', permission, null],
  ])('comes from the calendar only where %s [W10]', (_, said, instant) => {
    expect(expiredAt([said], asked)).toBe(instant);
  });

  const ended = { ...permission, validUntil: fell };

  it.each([
    ['another recipient', { ...ended, recipientOrganizationId: '0190a0c0-0000-7000-8000-000300000003' }],
    ['another purpose', { ...ended, purpose: 'treatment' as const }],
    ['the way back', { ...ended, direction: 'return' as const }],
  ])('does not come from a permission for %s', (_, other) => {
    expect(expiredAt([other], asked)).toBeNull();
  });

  it('comes from the last end, of any recipient where none is asked about, and exactly when it comes', () => {
    const later = '2026-03-02T09:00:00.000Z';
    const others = { ...ended, recipientOrganizationId: '0190a0c0-0000-7000-8000-000300000003', validUntil: later };
    expect(expiredAt([others, ended], { ...asked, of: undefined })).toBe(later);
    expect(expiredAt([{ ...permission, validUntil: now }], asked)).toBe(now);
    expect(expiredAt([{ ...permission, validUntil: null, expiredAt: fell }], asked)).toBeNull();
  });
});
