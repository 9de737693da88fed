import { describe, expect, it } from '@jest/globals';
import { mustTellWork, nextLook, reduceSession, secondsToLock, isWorn, type Grant, type Session } from './session.ts';

const minute = 60_000;
const grantAt = (at: number, parts: Partial<Grant> = {}): Grant => ({
  token: `token of ${at}`,
  subject: 'dana',
  expiresAt: at + 15 * minute,
  idleAt: at + 30 * minute,
  endsAt: 480 * minute,
  at,
  ...parts,
});
const granted = (session: Session, at: number, touched: boolean, parts?: Partial<Grant>): Session =>
  reduceSession(session, { kind: 'granted', grant: grantAt(at, parts), touched });
const passed = (session: Session, now: number): Session => reduceSession(session, { kind: 'passed', now });
const opened = granted({ phase: 'starting' }, 0, true);

describe('a session', () => {
  it('that is not there is signed out, not locked', () => {
    expect(reduceSession({ phase: 'starting' }, { kind: 'refused' })).toEqual({ phase: 'signed-out' });
  });

  it('locks 30 minutes after the last key, and counts down in the last of them', () => {
    const touched = reduceSession(opened, { kind: 'touched', at: 10 * minute });
    expect(secondsToLock(touched, 38 * minute)).toBeNull();
    expect(secondsToLock(touched, 39 * minute + 1)).toBe(60);
    expect(secondsToLock(touched, 40 * minute - 1)).toBe(1);
    expect(passed(touched, 40 * minute - 1).phase).toBe('open');
    expect(passed(touched, 40 * minute)).toEqual({ phase: 'locked', because: 'idle' });
  });

  it('locks although the live stream goes on renewing the token', () => {
    let session = opened;
    for (const at of [14, 28].map((each) => each * minute)) session = granted(session, at, false);
    expect(passed(session, 30 * minute)).toEqual({ phase: 'locked', because: 'idle' });
  });

  it('does not lock early where a renewal leaves the end of the idle time as it was', () => {
    const renewed = granted(opened, 14 * minute, false, { idleAt: 30 * minute });
    expect(passed(renewed, 29 * minute).phase).toBe('open');
  });

  it('tells the server of work in time, and only of work', () => {
    expect(mustTellWork(opened, 29 * minute)).toBe(false);
    const touched = reduceSession(opened, { kind: 'touched', at: 5 * minute });
    expect(mustTellWork(touched, 14 * minute)).toBe(false);
    expect(mustTellWork(touched, 16 * minute)).toBe(true);
    expect(mustTellWork(granted(touched, 16 * minute, true), 17 * minute)).toBe(false);
  });

  it('is extended by a key in its last minute', () => {
    const touched = reduceSession(opened, { kind: 'touched', at: 29.5 * minute });
    expect(secondsToLock(touched, 29.6 * minute)).toBeNull();
    expect(mustTellWork(touched, 29.6 * minute)).toBe(true);
  });

  it('ends after eight hours whatever the person does', () => {
    const worked = granted(opened, 479 * minute, true);
    expect(secondsToLock(worked, 479.5 * minute)).toBe(30);
    expect(passed(worked, 480 * minute)).toEqual({ phase: 'locked', because: 'ended' });
  });

  it('does not idle out in demo mode', () => {
    const demo = granted({ phase: 'starting' }, 0, true, { idleAt: null, endsAt: null });
    expect([nextLook(demo, minute), passed(demo, 10_000 * minute).phase]).toEqual([null, 'open']);
  });

  it.each(['refused', 'left'] as const)('locks when it is %s', (kind) => {
    expect(reduceSession(opened, { kind }).phase).toBe('locked');
  });

  it('locks when somebody else signs in at its seat in another tab', () => {
    const other = granted(opened, minute, true, { subject: 'ines' });
    expect(other).toEqual({ phase: 'locked', because: 'replaced' });
  });

  it('opens again after a lock, with a full idle time', () => {
    const again = granted({ phase: 'locked', because: 'idle' }, 100 * minute, true);
    expect(secondsToLock(again, 129.5 * minute)).toBe(30);
  });

  it('looks again when the countdown begins, then each second', () => {
    expect(nextLook(opened, minute)).toBe(29 * minute);
    expect(nextLook(opened, 29 * minute)).toBe(29 * minute + 1000);
    expect(nextLook(opened, 29 * minute + 400)).toBe(29 * minute + 1000);
    expect(nextLook(opened, 30 * minute - 200)).toBe(30 * minute);
    expect(nextLook(opened, 31 * minute)).toBe(30 * minute);
  });

  it('renews its token half a minute before that ends', () => {
    expect([14.4, 14.5].map((at) => isWorn(grantAt(0), at * minute))).toEqual([false, true]);
  });
});
