import { describe, expect, it } from '@jest/globals';
import {
  AccessEnded,
  PacketOpened,
  TaskAccepted,
  TaskAssigned,
  TaskDeclineProposed,
  TaskDeclineReturned,
  TaskDrafted,
  TaskEscalated,
  TaskHeld,
  TaskInfoReplied,
  TaskInfoRequested,
  TaskProgressed,
  TaskReceived,
  TaskRestored,
  TaskResumed,
  TaskSuspended,
  TaskWithdrawalRequested,
  TaskWithdrawn,
} from '#contracts';
import { by, day, hour, idNumber, org, serviceId, ReferralEvents } from '../testing/referral-events.ts';
import { factOf, type BoardReferral, type BoardTask } from './board.ts';
import { fold } from './board.fold.ts';

const referralId = idNumber(1, 1);
const need = idNumber(2, 1);
const first = { taskId: idNumber(3, 1), serviceRequestId: need };

function newReferral(): ReferralEvents {
  return new ReferralEvents(referralId)
    .created()
    .need(need, 'housing')
    .drafted(first, 'housing', 'harbor-house', 'harbor-beds');
}

function sent(): ReferralEvents {
  return newReferral().sent(first, 'housing', 'harbor-house');
}

const folded = ({ envelopes }: ReferralEvents): BoardReferral => fold(referralId, null, envelopes.map(factOf));
const task = (log: ReferralEvents, { taskId } = first): BoardTask => {
  const found = folded(log).tasks.find((each) => each.taskId === taskId);
  if (found === undefined) throw new Error('no such Task');
  return found;
};
const running = (log: ReferralEvents): readonly string[] =>
  task(log).timers.map((each) => `${each.timer}${each.pausedAt === null ? '' : ' (still)'}`);
const dueAt = (log: ReferralEvents, timer: string): string | undefined =>
  task(log).timers.find((each) => each.timer === timer)?.dueAt;

describe('A Task on the board', () => {
  it('has the data of its draft and its sending, and counts to the acknowledgement', () => {
    const story = sent();
    const sentAt = story.envelopes[3]?.time;
    expect(task(story)).toEqual({
      ...first,
      need: 'housing',
      priority: 'routine',
      neededBy: null,
      state: 'sent',
      subState: null,
      stateSince: sentAt,
      stateBefore: null,
      version: 4,
      lastEvent: { type: 'referral.task.sent', at: sentAt },
      recipientOrganizationId: org('harbor-house'),
      healthcareServiceId: serviceId('harbor-beds'),
      assignment: 'directed',
      eligibleOrganizationIds: [],
      ownerId: null,
      reason: null,
      outcome: null,
      reroute: false,
      returnPath: 'outcome',
      frozen: null,
      timers: [
        {
          timer: 'acknowledge-by',
          startedAt: sentAt,
          dueAt: story.in(3 * day - 60_000),
          pausedAt: null,
          pausedBy: null,
          reached: [],
        },
      ],
      attempts: { count: 0, channels: [], since: null, last: null, made: [] },
      appointmentAt: null,
      reviewOn: null,
      openedBy: [],
      sentAt,
      acceptedAt: null,
      endedAt: null,
    });
  });

  it('pauses respond-by during a question, and resumes it with the reply', () => {
    const story = sent();
    story.add(TaskReceived, { ...first, respondBy: story.in(5 * day) }, by('ines.harbor'));
    story.add(TaskInfoRequested, { ...first, messageId: need, replyBy: story.in(2 * day) }, by('ines.harbor'));
    expect(running(story)).toEqual(['respond-by (still)', 'info-reply-by']);
    const respondBy = story.in(4 * day);
    story.add(TaskInfoReplied, { ...first, messageId: need, respondBy }, by('dana.planner'));
    expect(running(story)).toEqual(['respond-by']);
    expect(dueAt(story, 'respond-by')).toBe(respondBy);
    expect(task(story).state).toBe('received');
  });

  it('makes the answer due again once the coordinator was notified that no reply came', () => {
    const story = sent();
    story.add(TaskReceived, { ...first, respondBy: story.in(5 * day) });
    story.add(TaskInfoRequested, { ...first, messageId: need, replyBy: story.in(2 * day) });
    story.add(TaskEscalated, { ...first, timer: 'info-reply-by', milestone: 'coordinator' });
    expect(running(story)).toEqual(['respond-by', 'info-reply-by']);
  });

  it('counts from acceptance to the first contact, and silence from then on', () => {
    const story = sent();
    const owner = by('ines.harbor');
    story.add(
      TaskAccepted,
      {
        ...first,
        ownerId: owner.id as string,
        recipientOrganizationId: org('harbor-house'),
        claimed: false,
        firstContactBy: story.in(2 * day),
        staleBy: story.in(14 * day),
      },
      owner,
    );
    expect(running(story)).toEqual(['first-contact-by', 'stale-update']);
    story.wait(3 * day);
    const at = story.now;
    story.add(TaskProgressed, { ...first, kind: 'appointment-booked', at, firstContact: true }, owner);
    expect(running(story)).toEqual(['stale-update']);
    expect(dueAt(story, 'stale-update')).toBe(story.in(14 * day - 60_000));
    expect(task(story)).toMatchObject({ state: 'in-progress', subState: 'appointment-booked', ownerId: owner.id });
  });

  it('is paused while it is held, until its review', () => {
    const story = sent();
    story.add(TaskAccepted, {
      ...first,
      ownerId: need,
      recipientOrganizationId: org('harbor-house'),
      claimed: false,
      firstContactBy: story.in(2 * day),
    });
    story.add(TaskHeld, { ...first, subState: 'waitlisted', reviewOn: story.in(30 * day) });
    expect(running(story)).toEqual(['first-contact-by (still)', 'waitlist-review']);
    expect(task(story)).toMatchObject({ state: 'on-hold', subState: 'waitlisted' });
    story.add(TaskResumed, first);
    expect(running(story)).toEqual(['first-contact-by']);
    expect(task(story)).toMatchObject({ state: 'in-progress', subState: null });
  });

  it('returns from a decline review to exactly the state before, with a full clock', () => {
    const story = sent();
    story.add(TaskReceived, { ...first, respondBy: story.in(5 * day) });
    story.add(TaskDeclineProposed, {
      ...first,
      reason: 'no-capacity',
      fromState: 'received',
      round: 0,
      reviewBy: story.in(day),
    });
    expect(task(story)).toMatchObject({ state: 'decline-review', reason: 'no-capacity' });
    expect(running(story)).toEqual(['respond-by (still)', 'review-by']);
    const at = story.now;
    story.add(TaskDeclineReturned, { ...first, toState: 'received', round: 1, takenBack: false });
    expect(task(story)).toMatchObject({ state: 'received', subState: null, reason: null, stateBefore: null });
    expect(task(story).timers).toMatchObject([{ timer: 'respond-by', startedAt: at, pausedAt: null }]);
  });

  it('keeps the earlier state through a suspension within a review', () => {
    const story = sent();
    story.add(TaskDeclineProposed, {
      ...first,
      reason: 'no-capacity',
      fromState: 'sent',
      round: 0,
      reviewBy: story.in(day),
    });
    story.add(TaskSuspended, { ...first, fromState: 'decline-review', suspensionBy: story.in(5 * day) });
    expect(task(story)).toMatchObject({ state: 'on-hold', subState: 'consent-suspended' });
    story.wait(2 * hour);
    story.add(TaskRestored, { ...first, toState: 'decline-review' });
    expect(task(story).state).toBe('decline-review');
    story.add(TaskDeclineReturned, { ...first, toState: 'sent', round: 1, takenBack: true });
    expect(task(story)).toMatchObject({ state: 'sent', stateBefore: null });
    expect(running(story)).toEqual(['acknowledge-by']);
  });

  it('counts to the effect of a withdrawal that the agency has not confirmed', () => {
    const story = sent();
    story.add(TaskAccepted, {
      ...first,
      ownerId: need,
      recipientOrganizationId: org('harbor-house'),
      claimed: false,
      firstContactBy: story.in(2 * day),
    });
    story.add(TaskWithdrawalRequested, {
      ...first,
      reason: 'moved-away',
      requestedBy: 'sender',
      effectiveAt: story.in(2 * day),
    });
    expect(task(story)).toMatchObject({ state: 'accepted', version: 6 });
    expect(running(story)).toEqual(['withdrawal-effective']);
    story.add(TaskWithdrawn, { ...first, reason: 'moved-away', by: 'agency' });
    expect(task(story)).toMatchObject({ state: 'withdrawn', timers: [] });
  });

  it('keeps its version when nothing of it changed', () => {
    const story = sent();
    story.add(AccessEnded, { accessId: need, taskId: first.taskId, clientId: need, cause: 'consent' });
    expect(task(story).version).toBe(4);
    story.add(TaskAssigned, { ...first, ownerId: need });
    expect(task(story).version).toBe(6);
  });

  it('moves its version with the first opening of its packet by an organization, not with the next', () => {
    const story = sent();
    const opened = {
      ...{ disclosureId: need, taskId: first.taskId, clientId: need, fromOrganizationId: org('st-brigid') },
      ...({ toOrganizationId: org('harbor-house'), direction: 'send', readerId: need, categories: [] } as const),
      ...({ purpose: 'care-coordination', consentIds: [], noticeCodes: [], first: true } as const),
    };
    story.add(PacketOpened, opened).add(PacketOpened, { ...opened, first: false });
    expect(task(story).version).toBe(5);
  });
});

describe('The fold', () => {
  it('folds what it can if the first events are missing', () => {
    const story = sent().add(TaskReceived, { ...first, respondBy: '2026-11-29T08:00:00.000Z' });
    const late = fold(referralId, null, story.envelopes.slice(3).map(factOf));
    expect(late).toMatchObject({ senderOrganizationId: null, networkId: null, needs: [] });
    expect(late.tasks).toMatchObject([{ ...first, need: 'housing', state: 'received', version: 5 }]);
  });

  it('ignores an unknown event type', () => {
    const strange = { version: 5, at: '2026-11-24T09:00:00.000Z', event: { type: 'referral.sung', referralId } };
    const known = sent().envelopes.map(factOf);
    expect(fold(referralId, null, [...known, strange as never])).toEqual(fold(referralId, null, known));
  });

  it('has the agencies that may claim a pool Task, until one does', () => {
    const story = new ReferralEvents(referralId).created().need(need, 'housing');
    story.add(TaskDrafted, { ...first, need: 'housing', assignment: 'pool' });
    story.sent(first, 'housing', 'harbor-house', {
      recipientOrganizationId: undefined,
      eligibleOrganizationIds: [org('harbor-house'), org('open-door')],
    });
    expect(task(story)).toMatchObject({
      recipientOrganizationId: null,
      eligibleOrganizationIds: [org('harbor-house'), org('open-door')],
    });
  });
});
