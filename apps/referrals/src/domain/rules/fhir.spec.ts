import { describe, expect, it } from '@jest/globals';
import { taskStates, TaskWithdrawn, type EndedBy } from '#contracts';
import { cast, historyNames, histories, type HistoryName } from '#decider/testing';
import { fhirLines, projectTask } from '../../task/task.fhir.ts';
import { taskOf } from '../../testing/task-of.ts';

/** Columns FHIR Task.status, businessStatus, 360X, BSeR and HUD of domain.md §2, read afresh. */
const expected: Readonly<Partial<Record<HistoryName, readonly (string | number | null)[]>>> = {
  draft: ['draft', null, null, null, null],
  'awaiting-consent': ['draft', null, null, null, null],
  sent: ['requested', null, 'PCC-55', '2.0', 'event-row'],
  received: ['requested', 'received', 'PCC-55 receipt', '2.0', null],
  'info-requested': ['requested', 'received', 'note', null, null],
  accepted: ['accepted', null, 'PCC-56 IP', '3.0', null],
  'in-progress': ['in-progress', null, 'PCC-59', '5.1.4', null],
  'on-hold': ['on-hold', null, null, null, null],
  suspended: ['requested', null, null, null, null],
  'suspended after acceptance': ['on-hold', null, null, null, null],
  'decline-review': ['requested', null, null, null, null],
  'decline-review after acceptance': ['accepted', null, null, null, null],
  'accepted, withdrawal asked': ['accepted', null, 'PCC-56 IP', '5.2', null],
  declined: ['rejected', null, 'PCC-56 CA', '4.0', 3],
  redirected: ['rejected', null, 'PCC-56 CA', '4.0', 3],
  withdrawn: ['cancelled', null, 'PCC-58', '6.0', 2],
  expired: ['cancelled', null, 'PCC-58', '6.0', 3],
  completed: ['completed', null, 'PCC-57', '7.0', 1],
  'not-completed': ['failed', null, 'PCC-57', '6.0', 3],
  'entered-in-error': ['entered-in-error', null, 'PCC-58', null, 'row-deleted'],
};

describe('other vocabularies are projections of our state', () => {
  it.each(Object.entries(expected))('%s: %j', (place, columns) => {
    const { status, businessStatus, x360, bser, hud } = projectTask(taskOf(histories[place as HistoryName]));
    expect([status, businessStatus, x360, bser, hud]).toEqual(columns);
  });

  it('every state has a line', () => {
    expect(Object.keys(fhirLines)).toEqual([...taskStates]);
  });

  it('received and ready are never a Task.status', () => {
    const emitted = historyNames.map((name) => projectTask(taskOf(histories[name])).status as string);
    expect(emitted.filter((status) => status === 'received' || status === 'ready')).toEqual([]);
  });

  it('a Task that awaits consent never leaves the platform', () => {
    const kept = historyNames.filter((name) => !projectTask(taskOf(histories[name])).leavesThePlatform);
    expect(kept).toEqual(['awaiting-consent']);
  });

  it.each([
    ['appointment-booked', 'PCC-60', '5.1.1'],
    ['no-show', 'PCC-61', '5.1.2'],
    ['enrolled', 'PCC-59', '5.1.4'],
  ] as const)('progress by %s is %s and %s', (kind, x360, bser) => {
    expect(projectTask(taskOf(histories.accepted.progressed(kind)))).toMatchObject({ x360, bser });
  });

  it('resumed progress is an interim note', () => {
    const task = { ...taskOf(histories['in-progress']), subState: null };
    expect(projectTask(task)).toMatchObject({ x360: 'PCC-59', bser: '5.1.4' });
  });

  it('a decline after acceptance is a cancellation, with its reason', () => {
    const { statusReason, status } = projectTask(taskOf(histories.accepted.declined('no-capacity')));
    expect([status, statusReason]).toEqual(['cancelled', 'no-capacity']);
    expect(projectTask(taskOf(histories.expired)).statusReason).toBe('no-response');
  });

  it.each([
    ['client', 'other', 2],
    ['sender', 'moved-away', 2],
    ['sender', 'duplicate', null],
  ] as const)('a withdrawal by the %s (%s) is HUD result %j', (by: EndedBy, reason, hud) => {
    const ids = { referralId: cast.referral, taskId: cast.task(1), serviceRequestId: cast.housing };
    const ended = histories.sent.tell(
      { id: null, role: 'system', organizationId: null },
      TaskWithdrawn.of({ ...ids, reason, by }),
    );
    expect(projectTask(taskOf(ended)).hud).toBe(hud);
  });
});
