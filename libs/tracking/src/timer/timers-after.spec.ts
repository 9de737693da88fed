import { describe, expect, it } from '@jest/globals';
import { TaskEscalated, TaskPicked, type TaskEvent } from '#contracts';
import type { RunningTimer } from './running-timer.ts';
import { replannedTimers, timersAfter, timersOfDraft } from './timers-after.ts';

const at = '2026-11-24T08:00:00.000Z';
const then = '2026-11-29T08:00:00.000Z';
const ids = {
  referralId: '0190a0c0-0000-7000-8000-000000000001',
  taskId: '0190a0c0-0000-7000-8000-000000000002',
  serviceRequestId: '0190a0c0-0000-7000-8000-000000000003',
};
const respondBy: RunningTimer = { timer: 'respond-by', startedAt: at, dueAt: then, pausedAt: null, pausedBy: null };

describe('The timers of a Task', () => {
  it('are the same list after an event that does not affect them, and after one of an unknown type', () => {
    const timers = [respondBy];
    const unknown = { ...ids, type: 'referral.task.painted' } as unknown as TaskEvent;
    expect(timersAfter(timers, TaskPicked.of(ids), at)).toBe(timers);
    expect(timersAfter(timers, unknown, at)).toBe(timers);
  });

  it('keep each milestone once, even in a row from before milestones were stored', () => {
    const reminded = TaskEscalated.of({ ...ids, timer: 'respond-by', milestone: 'reminded' });
    const once = timersAfter([respondBy], reminded, at);
    expect(once).toEqual([{ ...respondBy, reached: ['reminded'] }]);
    expect(timersAfter(once, reminded, at)).toEqual(once);
  });

  it('include the day by which the client needs the service, as long as there is one', () => {
    const planned = timersOfDraft(then, at);
    const neededBy = { ...respondBy, timer: 'needed-by', reached: [] };
    expect(planned).toEqual([neededBy]);
    expect(timersOfDraft(null, at)).toEqual([]);
    expect(replannedTimers(planned, '2026-12-01T08:00:00.000Z', at)).toEqual([
      { ...neededBy, dueAt: '2026-12-01T08:00:00.000Z' },
    ]);
    expect(replannedTimers([], then, at)).toEqual([neededBy]);
    expect(replannedTimers(planned, null, at)).toEqual([]);
  });
});
