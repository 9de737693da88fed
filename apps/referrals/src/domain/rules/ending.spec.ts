import { describe, expect, it } from '@jest/globals';
import {
  AccessEnded,
  ReferralReopened,
  NeedSettled,
  TaskDrafted,
  TaskExpired,
  TaskMarkedInError,
  TaskReopened,
  TaskWithdrawalRequested,
  TaskWithdrawn,
  type AccessEndCause,
  type TaskAction,
} from '#contracts';
import type { ReferralHistory } from '#decider/testing';
import {
  callers,
  cast,
  factsAt,
  idOf,
  services,
  specification,
  histories,
  type AskingPerson,
  type WhenResult,
} from '#decider/testing';
import { evolve, type AnyReferralEvent, type Facts, type TaskActionData } from '../referral.ts';
import { decide } from '../testing/decide.ts';
import { day, plus } from '../model/instant.ts';
import { defaultPolicy } from '../timer/timer-policy.ts';

const given = specification({ decide, evolve });
const ids = { referralId: cast.referral, taskId: cast.task(1), serviceRequestId: cast.housing };
const { now } = histories.received;
const ended = (cause: AccessEndCause): AccessEnded =>
  AccessEnded.of({
    ...{ referralId: cast.referral, taskId: cast.task(1), clientId: cast.client },
    ...{ accessId: idOf('d', 16 + 2), cause },
  });
const duplicate = { reason: 'duplicate' as const };

function act(
  history: ReferralHistory,
  caller: AskingPerson,
  action: TaskAction,
  data: TaskActionData = {},
  more: Partial<Facts> = {},
): WhenResult<AnyReferralEvent> {
  const facts = factsAt(history.now, defaultPolicy(), more);
  return given(history.events).when({ type: 'task', taskId: history.taskId, action, data, caller }, facts);
}

describe('row 17: withdraw', () => {
  it('of a draft notifies no agency, since none knew of it', () => {
    act(histories.draft, callers.dana, 'withdraw', { reason: 'other', hasNote: true }).then([
      TaskWithdrawn.of({ ...ids, reason: 'other', by: 'sender' }),
    ]);
  });

  it('of an unanswered Task cuts access at once', () => {
    act(histories.received, callers.cora, 'withdraw', { reason: 'service-discontinued' }).then([
      ended('withdrawn'),
      TaskWithdrawn.of({ ...ids, reason: 'service-discontinued', by: 'coordinator' }),
    ]);
  });

  it('by the client ends the need too', () => {
    act(histories.sent, callers.client, 'withdraw', { reason: 'client-declined' }).thenTypes([
      'referral.access.ended',
      'referral.task.withdrawn',
      'referral.need.settled',
      'referral.closed',
    ]);
  });

  it('after acceptance is a request, effective by itself after two days', () => {
    act(histories.accepted, callers.dana, 'withdraw', duplicate).then([
      TaskWithdrawalRequested.of({
        ...{ ...ids, reason: 'duplicate', requestedBy: 'sender', effectiveAt: plus(now, 2 * day) },
      }),
    ]);
  });

  it('of a client who died is at once, for every open Task of the referral', () => {
    const two = histories.accepted
      .needing('mental-health')
      .drafted({ organization: cast.lakeside, service: cast.lakesideClinic }, { taskId: cast.task(2) })
      .sent()
      .on(cast.task(1), cast.harbor);
    act(two, callers.dana, 'withdraw', { reason: 'deceased' }).thenTypes([
      'referral.access.ended',
      'referral.task.withdrawn',
      'referral.client.died',
      'referral.access.ended',
      'referral.task.withdrawn',
      'referral.need.settled',
      'referral.need.settled',
      'referral.closed',
    ]);
  });

  it('is refused without a reason, to the agency, when asked for already, and when over', () => {
    act(histories.sent, callers.dana, 'withdraw').thenRefused({ code: 'invalid' });
    act(histories.sent, callers.dana, 'withdraw', { reason: 'no-capacity' }).thenRefused({ code: 'invalid' });
    act(histories.sent, callers.ines, 'withdraw', duplicate).thenRefused({ code: 'role' });
    act(histories['accepted, withdrawal asked'], callers.dana, 'withdraw', duplicate).thenRefused({
      code: 'illegal-move',
    });
    act(histories.withdrawn, callers.dana, 'withdraw', duplicate).thenRefused({ code: 'illegal-move' });
  });
});

describe('row 24: the answer to a request to withdraw', () => {
  it('by the agency ends it with the sender’s reason', () => {
    act(histories['on-hold, withdrawal asked'], callers.ines, 'confirm-withdrawal').thenTypes([
      'referral.access.ended',
      'referral.task.withdrawn',
      'referral.need.settled',
      'referral.closed',
    ]);
  });

  it('by time ends it after two days and not before', () => {
    const fire = (days: number): WhenResult<AnyReferralEvent> => {
      const history = histories['accepted, withdrawal asked'].wait({ days });
      const command = { type: 'fire-timer' as const, timer: 'withdrawal-effective' as const, taskId: cast.task(1) };
      const facts = factsAt(history.now, defaultPolicy(), {});
      return given(history.events).when({ ...command, caller: callers.timer }, facts);
    };
    fire(1).thenRefused({ code: 'guard', guard: 'timerHasRunOut' });
    fire(2).thenTypes(['referral.access.ended', 'referral.task.withdrawn', 'referral.need.settled', 'referral.closed']);
  });

  it('is refused where nobody asked for a withdrawal', () => {
    act(histories.accepted, callers.ines, 'confirm-withdrawal').thenRefused({ code: 'illegal-move' });
  });
});

describe('row 19: expired', () => {
  const fire = (history: ReferralHistory, timer: 'acknowledge-by' | 'respond-by'): WhenResult<AnyReferralEvent> =>
    given(history.events).when(
      { type: 'fire-timer', timer, taskId: cast.task(1), caller: callers.timer },
      factsAt(history.now, defaultPolicy(), {}),
    );

  it('is what a sent Task is at twice its time to acknowledge; steps that were missed are reported with it', () => {
    const history = histories.sent.wait({ days: 6 });
    fire(history, 'acknowledge-by').thenTypes([
      'referral.task.escalated',
      'referral.task.escalated',
      'referral.task.escalated',
      'referral.access.ended',
      'referral.task.expired',
    ]);
    const times = { parkUntil: plus(history.now, 14 * day), rerouteBy: plus(history.now, day) };
    const expired = TaskExpired.of({ ...ids, timer: 'acknowledge-by', ...times });
    expect(fire(history, 'acknowledge-by').decision).toMatchObject({ events: [{}, {}, {}, ended('expired'), expired] });
  });

  it('is what a received Task is when its time to respond is over, and a held question stops that time', () => {
    fire(histories.received.wait({ days: 5 }), 'respond-by').thenTypes([
      'referral.task.escalated',
      'referral.task.escalated',
      'referral.task.escalated',
      'referral.access.ended',
      'referral.task.expired',
    ]);
    fire(histories['info-requested'].wait({ days: 50 }), 'respond-by').thenRefused({ code: 'illegal-move' });
  });

  it('is refused before that, and where the Task moved on', () => {
    fire(histories.sent.wait({ days: 5 }), 'acknowledge-by').thenRefused({ code: 'guard', guard: 'timerHasRunOut' });
    fire(histories.accepted.wait({ days: 50 }), 'respond-by').thenRefused({ code: 'illegal-move' });
  });
});

describe('row 20: reopen', () => {
  const again = { reason: 'other' as const, hasNote: true };
  const draft = TaskDrafted.of({
    ...{ ...ids, taskId: idOf('e', 1), need: 'housing', assignment: 'directed', reopensTaskId: cast.task(1) },
    ...{ healthcareServiceId: cast.harborBeds, recipientOrganizationId: cast.harbor },
  });
  const reopened = TaskReopened.of({ ...ids, newTaskId: idOf('e', 1), reason: 'other' });

  it('drafts a new Task for the same service, and the ended one stays as it was', () => {
    act(histories.declined, callers.dana, 'reopen', again).then([reopened, draft]);
  });

  it('or for another service, and takes a settlement and a closing back', () => {
    const closed = histories.completed;
    const facts = { service: services.openDoorHomes };
    act(closed, callers.cora, 'reopen', { ...again, healthcareServiceId: cast.openDoorHomes }, facts).then([
      reopened,
      TaskDrafted.of({
        ...draft,
        ...{ healthcareServiceId: cast.openDoorHomes, recipientOrganizationId: cast.openDoor },
      }),
      NeedSettled.of({ referralId: cast.referral, serviceRequestId: cast.housing, result: 'in-play' }),
      ReferralReopened.of({ referralId: cast.referral }),
    ]);
  });

  it('is the sender’s for thirty days, and the coordinator’s after that', () => {
    const old = histories.declined.wait({ days: 31 });
    act(old, callers.dana, 'reopen', again).thenRefused({
      ...{ code: 'guard', guard: 'withinReopenWindow', facts: { endedAt: histories.declined.now, days: 30 } },
    });
    act(old, callers.cora, 'reopen', again).then([reopened, draft]);
  });

  it('is refused while another Task of the need is open, for a service of another need, and for what was an error', () => {
    const offered = histories.declined
      .drafted({ organization: cast.openDoor, service: cast.openDoorHomes }, { taskId: cast.task(2) })
      .on(cast.task(1), cast.harbor);
    act(offered, callers.cora, 'reopen', again).thenRefused({
      ...{ code: 'guard', guard: 'noOtherOpenTask', facts: { openTaskId: cast.task(2) } },
    });
    const clinic = { ...again, healthcareServiceId: cast.lakesideClinic };
    act(histories.declined, callers.cora, 'reopen', clinic, { service: services.lakesideClinic }).thenRefused({
      ...{ code: 'guard', guard: 'serviceServesNeed', facts: { need: 'housing', serves: 'mental-health' } },
    });
    act(histories['entered-in-error'], callers.cora, 'reopen', again).thenRefused({ code: 'illegal-move' });
  });
});

describe('row 21: entered in error', () => {
  const wrong = { reason: 'sent-in-error' as const };

  it('is its creator’s until somebody opened the packet, then the privacy officer’s, who has an incident', () => {
    act(histories.sent, callers.dana, 'mark-error', wrong).then([
      ended('entered-in-error'),
      TaskMarkedInError.of({ ...ids, reason: 'sent-in-error', disclosed: false }),
    ]);
    act(histories['sent, opened'], callers.dana, 'mark-error', wrong).thenRefused({ code: 'illegal-move' });
    act(histories['sent, opened'], callers.olga, 'mark-error', wrong).then([
      ended('entered-in-error'),
      TaskMarkedInError.of({ ...ids, reason: 'sent-in-error', disclosed: true }),
    ]);
  });

  it('takes a result back that stood on it', () => {
    const closed = histories.completed;
    act(closed, callers.olga, 'mark-error', wrong).thenTypes([
      'referral.access.ended',
      'referral.task.marked-in-error',
      'referral.need.settled',
      'referral.reopened',
    ]);
  });

  it('is refused to others, and when it is one already', () => {
    act(histories.sent, callers.ines, 'mark-error', wrong).thenRefused({ code: 'role' });
    act(histories['entered-in-error'], callers.olga, 'mark-error', wrong).thenRefused({ code: 'illegal-move' });
  });
});
