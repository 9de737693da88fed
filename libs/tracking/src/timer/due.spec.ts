import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DueGroup, Priority } from '#contracts';
import { plus } from '../instant.ts';
import { dueGroupAt, dueOf } from './due.ts';
import type { RunningTimer } from './running-timer.ts';

const begin = '2026-11-24T08:00:00.000Z';
const timer = (over: Partial<RunningTimer>): RunningTimer => ({
  timer: 'respond-by',
  startedAt: begin,
  dueAt: plus(begin, 1000),
  pausedAt: null,
  pausedBy: null,
  ...over,
});

/** contract.md §2.1, dueGroup; a second, independent copy. */
function asWritten(overdueBy: number, length: number, priority: Priority): DueGroup {
  if (overdueBy >= 0) return priority === 'urgent' || overdueBy > length ? 'critically-overdue' : 'overdue';
  return overdueBy >= -length / 2 ? 'due-soon' : 'not-due';
}

describe('How urgent something is', () => {
  it('follows from the timer, its length, the priority and the moment, to the millisecond', () => {
    const moments = fc.record({
      length: fc.integer({ min: 0, max: 100 }),
      overdueBy: fc.integer({ min: -250, max: 250 }),
      priority: fc.constantFrom<Priority>('routine', 'urgent'),
    });
    fc.assert(
      fc.property(moments, ({ length, overdueBy, priority }) => {
        const dueAt = plus(begin, length);
        const due = dueOf([timer({ dueAt })], priority);
        expect(dueGroupAt(due, plus(dueAt, overdueBy))).toBe(asWritten(overdueBy, length, priority));
      }),
    );
  });

  it('is that of the timer that is due first, of those that run', () => {
    const timers = [
      timer({ timer: 'respond-by', dueAt: plus(begin, 50), pausedAt: begin, pausedBy: 'question' }),
      timer({ timer: 'needed-by', dueAt: plus(begin, 500) }),
      timer({ timer: 'info-reply-by', dueAt: plus(begin, 200) }),
    ];
    expect(dueOf(timers, 'routine')).toEqual({
      dueTimer: 'info-reply-by',
      soonAt: plus(begin, 100),
      dueAt: plus(begin, 200),
      criticalAt: plus(begin, 401),
    });
  });

  it('is nothing where no timer runs but the platform’s own delivery', () => {
    expect(dueOf([], 'urgent')).toBeNull();
    expect(dueOf([timer({ timer: 'deliver-by' })], 'urgent')).toBeNull();
    expect(dueGroupAt(null, begin)).toBe('none');
  });

  it('of a timer that was moved before its start is critical once overdue, not earlier', () => {
    const due = dueOf([timer({ dueAt: plus(begin, -10) })], 'routine');
    expect(dueGroupAt(due, plus(begin, -11))).toBe('not-due');
    expect(dueGroupAt(due, plus(begin, -10))).toBe('critically-overdue');
  });
});
