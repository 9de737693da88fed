import { describe, expect, it } from '@jest/globals';
import {
  ReferralChanged,
  TaskAccepted,
  TaskCompleted,
  TaskDeclined,
  TaskEscalated,
  TaskHeld,
  TaskProgressed,
  TaskReceived,
  TaskRestored,
  TaskResumed,
  TaskReturnPathChanged,
  TaskSuspended,
  TaskTimerMoved,
  type InstantText,
} from '#contracts';
import { attemptsShown } from '#tracking';
import { by, day, hour, idNumber, org, ReferralEvents } from '../testing/referral-events.ts';
import { factOf, type BoardTask } from './board.ts';
import { fold } from './board.fold.ts';

const referralId = idNumber(1, 1);
const need = idNumber(2, 1);
const first = { taskId: idNumber(3, 1), serviceRequestId: need };
const ines = by('ines.harbor');

const sent = (): ReferralEvents =>
  new ReferralEvents(referralId)
    .created()
    .need(need, 'housing')
    .drafted(first, 'housing', 'harbor-house', 'harbor-beds')
    .sent(first, 'housing', 'harbor-house');

const accepted = (): ReferralEvents => {
  const log = sent();
  const taken = { ownerId: ines.id as string, recipientOrganizationId: org('harbor-house'), claimed: false };
  return log.add(TaskAccepted, { ...first, ...taken, firstContactBy: log.in(2 * day) }, ines);
};

const task = ({ envelopes }: ReferralEvents): BoardTask => {
  const [found] = fold(referralId, null, envelopes.map(factOf)).tasks;
  if (found === undefined) throw new Error('no such Task');
  return found;
};
const lastAt = ({ envelopes }: ReferralEvents): InstantText => envelopes.at(-1)?.time as InstantText;

describe('A Task is in its state', () => {
  it('since the event that brought it there, whatever happens meanwhile', () => {
    const log = sent();
    const sentAt = lastAt(log);
    log.wait(hour).add(TaskEscalated, { ...first, timer: 'acknowledge-by', milestone: 'reminded' });
    expect(task(log)).toMatchObject({ state: 'sent', stateSince: sentAt });
    log.add(TaskReceived, { ...first, respondBy: log.in(5 * day) }, ines);
    expect(task(log)).toMatchObject({ state: 'received', stateSince: lastAt(log) });
  });

  it('since the first progress, not since the latest', () => {
    const log = accepted().add(TaskProgressed, {
      ...first,
      kind: 'interim',
      at: '2026-11-24T08:00:00.000Z',
      firstContact: true,
    });
    const since = lastAt(log);
    log.wait(day).add(TaskProgressed, { ...first, kind: 'enrolled', at: log.now, firstContact: false });
    expect(task(log)).toMatchObject({ subState: 'enrolled', stateSince: since });
  });

  it('on hold since it is for this reason', () => {
    const log = sent().wait(hour);
    log.add(TaskSuspended, { ...first, fromState: 'sent' });
    const suspended = lastAt(log);
    expect(task(log)).toMatchObject({ state: 'on-hold', stateSince: suspended });
    log.wait(hour).add(TaskRestored, { ...first, toState: 'sent' });
    expect(task(log)).toMatchObject({ state: 'sent', stateSince: lastAt(log) });

    const held = accepted();
    held.add(TaskHeld, { ...first, subState: 'waitlisted', reviewOn: held.in(30 * day) });
    held.wait(day).add(TaskSuspended, { ...first, fromState: 'on-hold', fromSubState: 'waitlisted' });
    expect(task(held).stateSince).toBe(lastAt(held));
  });
});

describe('The latest event of a Task', () => {
  it('is the latest that a timeline shows', () => {
    const log = sent();
    const shown = { type: 'referral.task.sent', at: lastAt(log) };
    log.add(TaskTimerMoved, { ...first, timer: 'acknowledge-by', dueAt: log.in(hour) });
    log.add(TaskReturnPathChanged, { ...first, returnPath: 'status' });
    expect(task(log).lastEvent).toEqual(shown);
    expect(task(log).version).toBeGreaterThan(4);
  });
});

describe('What the agency has planned', () => {
  const progress = (log: ReferralEvents, more: Partial<TaskProgressed>): ReferralEvents =>
    log.add(TaskProgressed, { ...first, kind: 'interim', at: log.now, firstContact: false, ...more }, ines);

  it('has the booked appointment until the client missed it', () => {
    const log = accepted();
    const appointmentAt = log.in(3 * day);
    progress(log, { kind: 'appointment-booked', at: appointmentAt });
    expect(task(log).appointmentAt).toBe(appointmentAt);
    progress(log, { kind: 'interim' });
    expect(task(log).appointmentAt).toBe(appointmentAt);
    progress(log.wait(4 * day), { kind: 'no-show' });
    expect(task(log).appointmentAt).toBeNull();
  });

  it('has no appointment any more once the Task has ended', () => {
    const log = accepted();
    progress(log, { kind: 'appointment-booked', at: log.in(3 * day) });
    log.add(TaskCompleted, { ...first, outcome: 'housed', outputCount: 1 }, ines);
    expect(task(log).appointmentAt).toBeNull();
  });

  it('counts the attempts to contact the client, from the acceptance on', () => {
    const log = accepted();
    const attempt = (channel: 'phone' | 'sms', reached = false): void =>
      void progress(log.wait(day), { kind: 'contact-attempted', channel, reached });
    attempt('phone');
    const since = task(log).attempts.since;
    attempt('sms');
    attempt('phone');
    expect(attemptsShown(task(log).attempts)).toEqual({
      ...{ count: 3, channels: ['phone', 'sms'], since },
      last: log.envelopes.at(-1)?.event && (log.envelopes.at(-1)?.event as TaskProgressed).at,
    });
    attempt('phone', true);
    expect(attemptsShown(task(log).attempts)).toEqual({ count: 0, channels: [], since: null, last: null });
  });

  it('has the day of review while it is on hold', () => {
    const log = accepted();
    const reviewOn = log.in(30 * day);
    log.add(TaskHeld, { ...first, subState: 'waitlisted', reviewOn });
    expect(task(log).reviewOn).toBe(reviewOn);
    log.add(TaskResumed, first);
    expect(task(log).reviewOn).toBeNull();
  });
});

describe('When the client needs the service', () => {
  const inAWeek = '2026-12-01T08:00:00.000Z';
  const tomorrow = '2026-11-25T08:00:00.000Z';

  it('follows the referral while the Task is open, and not after its end', () => {
    const log = sent().add(ReferralChanged, { priority: 'routine', neededBy: inAWeek });
    expect(task(log).neededBy).toBe(inAWeek);
    const end = { reason: 'no-capacity', hudResult: 3, afterAcceptance: false, reroute: true } as const;
    log.add(TaskDeclined, { ...first, ...end }, ines);
    log.add(ReferralChanged, { priority: 'urgent', neededBy: tomorrow });
    expect(task(log).neededBy).toBe(inAWeek);
    expect(fold(referralId, null, log.envelopes.map(factOf)).neededBy).toBe(tomorrow);
  });
});
