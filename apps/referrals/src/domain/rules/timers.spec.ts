import { describe, expect, it } from '@jest/globals';
import { ReferralChanged, TaskEscalated, TaskTimerMoved, type Milestone, type TimerName } from '#contracts';
import {
  callers,
  cast,
  factsAt,
  fold,
  ReferralHistory,
  specification,
  histories,
  type WhenResult,
} from '#decider/testing';
import { dueNow, waitsFor } from '#tracking';
import { evolve, type AnyReferralEvent, type TaskRow } from '../referral.ts';
import { decide } from '../testing/decide.ts';
import { taskOf } from '../../testing/task-of.ts';
import { firingChanges, nextFirings } from '../timer/firing.ts';
import { day, hour, plus, minute } from '../model/instant.ts';
import { defaultPolicy, timersWith } from '../timer/timer-policy.ts';

const given = specification({ decide, evolve });
const policy = defaultPolicy();
const ids = { referralId: cast.referral, taskId: cast.task(1), serviceRequestId: cast.housing };

function fire(history: ReferralHistory, timer: TimerName, milestone?: Milestone): WhenResult<AnyReferralEvent> {
  const command = { type: 'fire-timer' as const, taskId: history.taskId, timer, caller: callers.timer };
  const facts = factsAt(history.now, policy, {});
  return given(history.events).when(milestone === undefined ? command : { ...command, milestone }, facts);
}

function escalated(history: ReferralHistory, timer: TimerName, milestone: Milestone): ReferralHistory {
  return history.tell(
    { id: null, role: 'timer', organizationId: null },
    TaskEscalated.of({ ...ids, taskId: history.taskId, timer, milestone }),
  );
}

const running = (task: TaskRow): readonly string[] =>
  task.timers.map((each) => `${each.timer}${each.pausedAt === null ? '' : ' stands still'}`);

describe('which timers run', () => {
  it.each([
    ['draft', []],
    ['sent', ['acknowledge-by', 'deliver-by']],
    ['sent, opened', ['acknowledge-by']],
    ['received', ['respond-by']],
    ['info-requested', ['respond-by stands still', 'info-reply-by']],
    ['accepted', ['first-contact-by', 'stale-update']],
    ['in-progress', ['stale-update']],
    ['on-hold', ['stale-update stands still', 'waitlist-review']],
    ['accepted, withdrawal asked', ['withdrawal-effective']],
    ['suspended', ['respond-by stands still', 'suspension']],
    ['decline-review', ['respond-by stands still', 'review-by']],
    ['declined', ['reroute-by']],
    ['expired', ['reroute-by']],
    ['completed', []],
    ['withdrawn', []],
    ['entered-in-error', []],
  ] as const)('in %s: %j', (place, timers) => {
    expect(running(taskOf(histories[place]))).toEqual(timers);
  });

  it('needed-by runs from the draft to the end, wherever the Task goes', () => {
    const neededBy = plus(histories.draft.now, 9 * day);
    const task = taskOf(ReferralHistory.drafted({ neededBy }).sent().received().accepted());
    expect(running(task)).toEqual(['needed-by', 'first-contact-by', 'stale-update']);
    expect(nextFirings(task, policy)).toContainEqual({
      ...{ timer: 'needed-by', milestone: 'coordinator', at: plus(neededBy, -day) },
    });
  });

  it('reroute-by ends when the next Task is sent, not when it is drafted', () => {
    const next = histories.declined.drafted(
      { organization: cast.openDoor, service: cast.openDoorHomes },
      { taskId: cast.task(2) },
    );
    expect(running(taskOf(next, cast.task(1)))).toEqual(['reroute-by']);
    expect(running(taskOf(next.sent(), cast.task(1)))).toEqual([]);
  });
});

describe('the escalation schedule', () => {
  const sent = histories.sent;

  it.each([
    ['acknowledge-by', 'reminded', 1.5],
    ['acknowledge-by', 'supervisor', 2.4],
    ['acknowledge-by', 'coordinator', 3],
  ] as const)('%s: %s is reported after %d days, once', (timer, milestone, days) => {
    fire(sent.wait({ days: days - 0.1 }), timer, milestone).thenRefused({ code: 'guard', guard: 'timerHasRunOut' });
    const due = sent.wait({ days });
    fire(due, timer, milestone).then([TaskEscalated.of({ ...ids, timer, milestone })]);
    fire(escalated(due, timer, milestone), timer, milestone).thenRefused({
      ...{ code: 'guard', guard: 'milestoneNotReportedYet', facts: { timer, milestone } },
    });
  });

  it('has no step that its table does not name', () => {
    fire(histories.accepted.wait({ days: 9 }), 'first-contact-by', 'coordinator').thenRefused({
      ...{ code: 'guard', guard: 'timerHasThisStep' },
    });
    fire(histories.accepted.wait({ days: 9 }), 'first-contact-by').thenRefused({
      guard: 'timerHasThisStep',
      code: 'guard',
    });
  });

  it('does not go back: after the coordinator nobody is reminded', () => {
    const notified = escalated(sent.wait({ days: 3 }), 'acknowledge-by', 'coordinator');
    fire(notified, 'acknowledge-by', 'reminded').thenRefused({ code: 'guard', guard: 'milestoneNotReportedYet' });
    expect(nextFirings(taskOf(notified), policy)).toContainEqual({
      ...{ timer: 'acknowledge-by', milestone: null, at: plus(sent.now, 6 * day) },
    });
  });

  it('is refused to people, and quiet where the timer is gone or stands still', () => {
    const asked = { type: 'fire-timer' as const, taskId: sent.taskId, timer: 'acknowledge-by' as const };
    const facts = factsAt(plus(sent.now, 9 * day), policy, {});
    given(sent.events)
      .when({ ...asked, milestone: 'reminded', caller: callers.cora }, facts)
      .thenRefused({ code: 'role' });
    fire(histories.received.wait({ days: 9 }), 'acknowledge-by', 'reminded').thenRefused({ code: 'illegal-move' });
    fire(histories.suspended.wait({ days: 9 }), 'respond-by', 'reminded').thenRefused({ code: 'illegal-move' });
  });

  it('writes only what changed into the timer table', () => {
    expect(firingChanges(null, taskOf(sent), policy)).toEqual([
      {
        timer: 'acknowledge-by',
        firing: { timer: 'acknowledge-by', milestone: 'reminded', at: plus(sent.now, 1.5 * day) },
      },
      {
        timer: 'deliver-by',
        firing: { timer: 'deliver-by', milestone: 'supervisor', at: plus(sent.now, 15 * minute) },
      },
    ]);
    expect(firingChanges(taskOf(sent), taskOf(sent.received()), policy)).toEqual([
      { timer: 'acknowledge-by', firing: null },
      { timer: 'deliver-by', firing: null },
      { timer: 'respond-by', firing: { timer: 'respond-by', milestone: 'reminded', at: plus(sent.now, 2.5 * day) } },
    ]);
    expect(firingChanges(taskOf(histories.received), taskOf(histories.received.opened()), policy)).toEqual([]);
  });
});

describe('a question that nobody answers', () => {
  const asked = histories.received.wait({ days: 1 }).asked();

  it('lets the time to respond go on at the coordinator’s step, and then expires', () => {
    const escalatedQuestion = escalated(asked.wait({ days: 4 }), 'info-reply-by', 'coordinator');
    expect(running(taskOf(escalatedQuestion))).toEqual(['respond-by', 'info-reply-by']);
    fire(escalatedQuestion.wait({ days: 3.9 }), 'respond-by').thenRefused({ code: 'guard', guard: 'timerHasRunOut' });
    fire(escalatedQuestion.wait({ days: 4 }), 'respond-by').thenTypes([
      'referral.task.escalated',
      'referral.task.escalated',
      'referral.task.escalated',
      'referral.access.ended',
      'referral.task.expired',
    ]);
  });
});

describe('a timer that stands still', () => {
  it('goes on as far from its end as it was, and tells nothing meanwhile', () => {
    const suspended = histories.received.wait({ days: 2 }).suspended('received').wait({ days: 10 });
    const { decision } = given(suspended.events).when(
      { type: 'review-consent', taskId: suspended.taskId, caller: callers.system },
      factsAt(suspended.now, policy, { consent: null }),
    );
    expect(decision).toEqual({ kind: 'accepted', events: [] });
    expect(dueNow(taskOf(suspended), suspended.now)).toEqual({
      ...{ dueTimer: 'suspension', dueAt: plus(suspended.now, -5 * day), dueGroup: 'overdue' },
    });
  });

  it('starts again at full length when a decline is sent back', () => {
    const returned = histories.received
      .wait({ days: 2 })
      .declineProposed('received')
      .wait({ days: 1 })
      .declineReturned('received', 1);
    expect(taskOf(returned).timers).toMatchObject([{ timer: 'respond-by', dueAt: plus(returned.now, 5 * day) }]);
  });
});

describe('a changed referral', () => {
  const change = (history: ReferralHistory, data: object): WhenResult<AnyReferralEvent> =>
    given(history.events).when(
      { type: 'change-referral', ...data, caller: callers.dana },
      factsAt(history.now, policy, {}),
    );

  it('moves what is running from where it started when it becomes urgent', () => {
    change(histories.sent, { priority: 'urgent' }).then([
      ReferralChanged.of({ referralId: cast.referral, priority: 'urgent' }),
      TaskTimerMoved.of({ ...ids, timer: 'acknowledge-by', dueAt: plus(histories.sent.now, 4 * hour) }),
    ]);
  });

  it('moves needed-by with its day, and nothing when nothing changed', () => {
    const neededBy = plus(histories.sent.now, 9 * day);
    change(histories.sent, { neededBy }).then([
      ReferralChanged.of({ referralId: cast.referral, priority: 'routine', neededBy }),
    ]);
    change(histories.sent, { priority: 'routine' }).thenNothing();
  });
});

describe('how due a Task is', () => {
  it.each([
    [1, 'not-due'],
    [1.5, 'due-soon'],
    [3, 'overdue'],
    [6.1, 'critically-overdue'],
  ] as const)('after %d of 3 days: %s', (days, dueGroup) => {
    const dueAt = plus(histories.sent.now, 3 * day);
    const now = plus(histories.sent.now, days * day);
    expect(dueNow(taskOf(histories.sent), now)).toEqual({ dueTimer: 'acknowledge-by', dueAt, dueGroup });
  });

  it('is critical at once where it is urgent, and nothing where nothing is due', () => {
    const urgent = ReferralHistory.drafted({ priority: 'urgent' }).sent();
    expect(dueNow(taskOf(urgent), plus(urgent.now, 4 * hour)).dueGroup).toBe('critically-overdue');
    expect(dueNow(taskOf(histories.completed), urgent.now)).toEqual({ dueTimer: null, dueAt: null, dueGroup: 'none' });
  });
});

describe('for whom a Task waits', () => {
  it.each([
    ['draft', 'sender'],
    ['awaiting-consent', 'sender'],
    ['info-requested', 'sender'],
    ['suspended', 'sender'],
    ['sent', 'agency'],
    ['received', 'agency'],
    ['accepted', 'agency'],
    ['in-progress', 'agency'],
    ['on-hold', 'agency'],
    ['decline-review', 'coordinator'],
    ['declined', 'coordinator'],
    ['expired', 'coordinator'],
    ['completed', 'nobody'],
    ['withdrawn', 'nobody'],
    ['entered-in-error', 'nobody'],
  ] as const)('%s: the %s', (place, party) => {
    const state = fold({ evolve }, histories[place].events);
    const [need] = state?.needs ?? [];
    if (need === undefined) throw new Error('no need');
    expect(waitsFor(taskOf(histories[place]), need.rerouteAfterTaskId)).toBe(party);
  });

  it('on hold for the client: the client', () => {
    const history = histories['in-progress'].held('awaiting-client');
    const [need] = fold({ evolve }, history.events)?.needs ?? [];
    if (need === undefined) throw new Error('no need');
    expect(waitsFor(taskOf(history), need.rerouteAfterTaskId)).toBe('client');
  });
});

describe('a network that sets its own lengths', () => {
  const own = defaultPolicy({
    timers: timersWith([{ timer: 'stale-update', routineMinutes: 60, urgentMinutes: 30 }]),
  });

  it('changes the named timer alone', () => {
    expect(own.timers['stale-update']).toMatchObject({ routine: hour, urgent: 30 * minute });
    expect({ ...own.timers, 'stale-update': null }).toEqual({ ...policy.timers, 'stale-update': null });
  });

  it('moves nothing of what runs already, its second mark included', () => {
    const silent = taskOf(escalated(histories['in-progress'], 'stale-update', 'reminded'));
    expect(nextFirings(silent, own)).toEqual(nextFirings(silent, policy));
    expect(nextFirings(silent, policy)).toMatchObject([{ timer: 'stale-update', milestone: 'coordinator' }]);
  });
});
