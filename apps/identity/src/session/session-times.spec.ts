import { describe, expect, it } from '@jest/globals';
import { endOfSession, idleAfterUse, isShared } from './session-times.ts';

const now = '2026-11-28T08:00:00.000Z';
const endsAt = endOfSession(now);

describe('a session', () => {
  it('ends 8 hours after the sign-in', () => {
    expect(endsAt).toBe('2026-11-28T16:00:00.000Z');
  });

  it('becomes idle 30 minutes after its last use, and never after its end', () => {
    expect(idleAfterUse(now, endsAt, false)).toBe('2026-11-28T08:30:00.000Z');
    expect(idleAfterUse('2026-11-28T15:45:00.000Z', endsAt, false)).toBe(endsAt);
  });

  it('never becomes idle in demo mode', () => {
    expect(idleAfterUse(now, endsAt, true)).toBe(endsAt);
  });
});

describe('an access token', () => {
  const token = { renewedAt: now, expiresAt: '2026-11-28T08:15:00.000Z' };

  it('is answered again within a minute', () => {
    expect(isShared(token, '2026-11-28T08:00:59.999Z')).toBe(true);
    expect(isShared(token, '2026-11-28T08:01:00.000Z')).toBe(false);
  });

  it('is not answered again in the second half of a short life', () => {
    const short = { ...token, expiresAt: '2026-11-28T08:01:00.000Z' };
    expect(isShared(short, '2026-11-28T08:00:29.999Z')).toBe(true);
    expect(isShared(short, '2026-11-28T08:00:30.000Z')).toBe(false);
  });
});
