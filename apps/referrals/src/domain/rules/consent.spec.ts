import { describe, expect, it } from '@jest/globals';
import {
  AccessEnded,
  AccessGranted,
  TaskPoolChanged,
  TaskRestored,
  TaskReturnPathChanged,
  TaskSuspended,
  TaskWithdrawn,
} from '#contracts';
import {
  callers,
  cast,
  consenting,
  factsAt,
  fold,
  idOf,
  ReferralHistory,
  services,
  specification,
  histories,
  type WhenResult,
} from '#decider/testing';
import { senderView } from '#tracking';
import { evolve, type AnyReferralEvent, type Facts } from '../referral.ts';
import { lookAhead } from '../evolve/unfold.ts';
import { decide } from '../testing/decide.ts';
import { taskOf } from '../../testing/task-of.ts';
import { day, plus } from '../model/instant.ts';
import { defaultPolicy } from '../timer/timer-policy.ts';

const given = specification({ decide, evolve });
const ids = { referralId: cast.referral, taskId: cast.task(1), serviceRequestId: cast.housing };
const ended = (to: string = cast.harbor, more: { suspends?: boolean } = {}): AccessEnded =>
  AccessEnded.of({
    ...more,
    ...{ referralId: cast.referral, taskId: cast.task(1), clientId: cast.client, cause: 'consent' },
    accessId: idOf('d', 16 + Number.parseInt(to.slice(-2), 16)),
  });
const granted = AccessGranted.of({
  ...{ referralId: cast.referral, accessId: idOf('e', 1), taskId: cast.task(1), clientId: cast.client },
  ...{ fromOrganizationId: cast.hospital, toOrganizationId: cast.harbor, noticeCodes: [] },
  categories: ['core-contact', 'stated-need', 'functional-needs'],
  purpose: 'care-coordination',
  consentIds: [cast.consent],
});
const gone = { service: services.harborBeds, consent: null };
const there = { service: services.harborBeds, consent: consenting() };

function review(history: ReferralHistory, more: Partial<Facts>): WhenResult<AnyReferralEvent> {
  const facts = factsAt(history.now, defaultPolicy(), more);
  return given(history.events).when({ type: 'review-consent', taskId: history.taskId, caller: callers.system }, facts);
}

describe('consent falls (contract.md §4.6)', () => {
  it.each(['draft', 'awaiting-consent'] as const)('a Task in %s stays as it is', (place) => {
    review(histories[place], gone).thenNothing();
  });

  it('a sent Task that nobody opened is withdrawn', () => {
    review(histories.sent, gone).thenTypes([
      'referral.access.ended',
      'referral.task.withdrawn',
      'referral.need.settled',
      'referral.closed',
    ]);
    expect(review(histories.sent, gone).decision).toMatchObject({
      events: [ended(), TaskWithdrawn.of({ ...ids, reason: 'consent-revoked', by: 'system' }), {}, {}],
    });
  });

  it.each([
    ['sent, opened', 'sent'],
    ['received', 'received'],
    ['info-requested', 'info-requested'],
    ['decline-review', 'decline-review'],
  ] as const)('a Task in %s is suspended and remembers where it was', (place, fromState) => {
    const suspensionBy = plus(histories[place].now, 5 * day);
    review(histories[place], gone).then([
      ended(cast.harbor, { suspends: true }),
      TaskSuspended.of({ ...ids, fromState, suspensionBy }),
    ]);
  });

  it.each(['accepted', 'in-progress', 'on-hold', 'completed', 'not-completed'] as const)(
    'a Task in %s keeps its state, loses access, and reports back no more',
    (place) => {
      review(histories[place], gone).thenTypes(['referral.access.ended', 'referral.task.return-path-changed']);
    },
  );

  it('is seen once: a second look changes nothing', () => {
    review(histories.suspended, gone).thenNothing();
    const cut = histories.accepted
      .accessEnded('consent')
      .tell(
        { id: null, role: 'system', organizationId: null },
        TaskReturnPathChanged.of({ ...ids, returnPath: 'none' }),
      );
    review(cut, gone).thenNothing();
    review(histories['suspended after acceptance'], gone).thenNothing();
  });

  it('that still covers what the service requires changes nothing: packets are cut at reading', () => {
    review(histories.received, { ...there, consent: consenting(['core-contact', 'stated-need']) }).thenNothing();
  });

  it('in one direction only changes what the sender may know, and nothing else', () => {
    review(histories.received, { ...there, consent: consenting(undefined, 'none') }).then([
      TaskReturnPathChanged.of({ ...ids, returnPath: 'none' }),
    ]);
  });

  it('for the intermediary alone ends the coordinating organization’s access alone', () => {
    const history = ReferralHistory.drafted().sent({ withCouncil: true }).opened();
    const facts = { ...there, coordinatingOrganizationId: cast.council, coordinatorConsent: null };
    review(history, facts).then([ended(cast.council)]);
  });

  it('is not acted on by a view that nobody knows to be fresh', () => {
    const stale = { ...consenting([]), fresh: false };
    review(histories.received, { ...there, consent: stale }).thenRefused({
      code: 'guard',
      guard: 'consentViewIsFresh',
    });
  });

  it('is looked at by the platform alone', () => {
    const { events, now, taskId } = histories.received;
    given(events)
      .when({ type: 'review-consent', taskId, caller: callers.dana }, factsAt(now, defaultPolicy(), gone))
      .thenRefused({ code: 'role' });
  });
});

describe('consent ends by itself', () => {
  const consentEndedAt = '2026-03-01T00:00:00.000Z';
  const over = { ...gone, consentExpiredAt: consentEndedAt };
  const endedByTime = AccessEnded.of({ ...ended(), cause: 'consent-expired', consentEndedAt });

  it('an unopened Task is withdrawn with a reason of its own [W10]', () => {
    expect(review(histories.sent, over).decision).toMatchObject({
      events: [
        endedByTime,
        TaskWithdrawn.of({ ...ids, reason: 'consent-expired', by: 'system', consentEndedAt }),
        {},
        {},
      ],
    });
  });

  it('an opened one is suspended for it, and withdrawn for it when its time is over [W10]', () => {
    const suspensionBy = plus(histories.received.now, 5 * day);
    const because = 'consent-expired';
    const suspended = TaskSuspended.of({ ...ids, fromState: 'received', suspensionBy, because, consentEndedAt });
    review(histories.received, over).then([AccessEnded.of({ ...endedByTime, suspends: true }), suspended]);
    const history = histories.received.tell({ id: null, role: 'system', organizationId: null }, suspended);
    expect(fold({ evolve }, history.events)?.tasks[0]).toMatchObject({
      subState: 'consent-suspended',
      reason: 'consent-expired',
    });
    expect(review(history, there).decision).toMatchObject({
      events: expect.arrayContaining([TaskRestored.of({ ...ids, toState: 'received' })]) as unknown,
    });
  });

  it('an accepted one keeps its state and loses its access for it [W10]', () => {
    expect(review(histories.accepted, over).decision).toMatchObject({ events: [endedByTime, {}] });
  });
});

describe('consent returns', () => {
  it('and a suspended Task goes back to exactly where it was, with access', () => {
    review(histories.suspended, there).then([granted, TaskRestored.of({ ...ids, toState: 'received' })]);
  });

  it('and an accepted Task that lost access gets it back', () => {
    const cut = histories.accepted.accessEnded('consent');
    review(cut, there).then([granted]);
  });

  it('but nobody gets access back while a withdrawal is asked for', () => {
    review(histories['suspended, withdrawal asked'], there).thenNothing();
    review(histories['accepted, withdrawal asked'].accessEnded('consent'), there).thenNothing();
  });

  it('but what is over stays over', () => {
    review(histories.declined, there).thenNothing();
    review(histories.withdrawn, there).thenNothing();
  });
});

describe('a pool follows consent', () => {
  const entry = (who: 'harborBeds' | 'openDoorHomes', covered: boolean) => ({
    ...services[who],
    consent: covered ? consenting() : null,
  });

  it('and is open to those whom it names now', () => {
    const eligible = [entry('harborBeds', false), entry('openDoorHomes', true)];
    review(histories.pool, { eligible }).then([
      TaskPoolChanged.of({ ...ids, eligibleOrganizationIds: [cast.openDoor] }),
    ]);
    review(histories.pool, { eligible: [entry('harborBeds', true), entry('openDoorHomes', true)] }).thenNothing();
  });

  it('and is withdrawn when it names nobody', () => {
    const eligible = [entry('harborBeds', false), entry('openDoorHomes', false)];
    review(histories.pool, { eligible }).thenTypes([
      'referral.task.withdrawn',
      'referral.need.settled',
      'referral.closed',
    ]);
  });
});

describe('a return path of none', () => {
  const silent = ReferralHistory.drafted().sent({ returnPath: 'none' });

  it('leaves the sender’s view where it was sent, whatever the agency does', () => {
    const task = taskOf(silent.received().accepted().progressed().completed());
    expect(senderView(task)).toMatchObject({ state: 'sent', subState: null, ownerId: null, outcome: null, version: 5 });
    expect([task.state, task.statusFrozen]).toEqual(['completed', true]);
  });

  it.each([
    ['declined', silent.received().declined()],
    ['expired', silent.expired()],
    ['withdrawn', silent.received().accessEnded('withdrawn').withdrawn()],
    ['redirected', silent.received().redirected(cast.task(2))],
  ] as const)('still tells that it was %s, which concerns the offer and not the client', (state, history) => {
    expect(taskOf(history)).toMatchObject({ state, statusFrozen: false, frozen: null });
  });

  it('offers the sender the moves of what it sees, and says no more in a refusal', () => {
    const history = silent.received().accepted();
    const facts = factsAt(history.now, defaultPolicy(), {});
    const command = { type: 'task' as const, taskId: history.taskId, action: 'reply' as const, data: {} };
    const { decision } = given(history.events).when({ ...command, caller: callers.dana }, facts);
    expect(decision).toMatchObject({ refusal: { code: 'illegal-move', state: 'sent', version: 5 } });
  });

  it('ends when consent allows a report again', () => {
    const state = fold({ evolve }, silent.received().events);
    const { decision } = review(silent.received(), there);
    const events = decision.kind === 'accepted' ? decision.events : [];
    if (state === null) throw new Error('a history without its creation');
    const [task] = lookAhead(state, events, callers.system, silent.now).tasks;
    expect(task).toMatchObject({ state: 'received', returnPath: 'outcome', statusFrozen: false, frozen: null });
  });
});
