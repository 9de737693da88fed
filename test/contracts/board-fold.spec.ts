import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { EventEnvelope } from '#contracts';
import { historyNames, histories } from '#decider/testing';
import { dueGroupAt, dueNow, dueOf, waitsFor } from '#tracking';
import { factOf, type BoardReferral, type BoardTask } from '../../apps/coordination/src/board/board.ts';
import { fold } from '../../apps/coordination/src/board/board.fold.ts';
import { reroutePendingAfter } from '../../apps/coordination/src/board-status/board-status.ts';
import { anyEvents } from '../../apps/coordination/src/testing/any-stream.ts';
import { idNumber, ReferralEvents } from '../../apps/coordination/src/testing/referral-events.ts';
import {
  evolve,
  type AnyReferralEvent,
  type NeedRow,
  type ReferralState,
  type TaskRow,
} from '../../apps/referrals/src/domain/referral.ts';

const referralId = idNumber(1, 1);
const [housing, counseling] = [idNumber(2, 1), idNumber(2, 2)];
const tasks = [
  { taskId: idNumber(3, 1), serviceRequestId: housing },
  { taskId: idNumber(3, 2), serviceRequestId: housing },
  { taskId: idNumber(3, 3), serviceRequestId: counseling },
] as const;

/** A referral with its needs and drafts, followed by any events. */
const beginning = new ReferralEvents(referralId)
  .created()
  .need(housing, 'housing')
  .need(counseling, 'mental-health')
  .drafted(tasks[0], 'housing', 'harbor-house', 'harbor-beds')
  .drafted(tasks[1], 'housing', 'open-door', 'open-door-homes')
  .drafted(tasks[2], 'mental-health', 'lakeside', 'lakeside-clinic').envelopes;

const firstOf = <T>([one]: readonly T[]): T => {
  if (one === undefined) throw new Error('nothing is there');
  return one;
};

const begins = new Set(['referral.created', 'referral.need.added', 'referral.task.drafted']);
const history = anyEvents(referralId, 40, (type) => !begins.has(type), beginning.length).map((more) => [
  ...beginning,
  ...more,
]);

type Envelope = EventEnvelope<AnyReferralEvent>;

/** Only possible steps: the referrals service never returns a Task to a state that it was not in. */
function asFarAsItGoes(envelopes: readonly EventEnvelope[]): {
  readonly state: ReferralState;
  readonly read: readonly Envelope[];
} {
  let state: ReferralState | null = null;
  const read: Envelope[] = [];
  for (const envelope of envelopes as readonly Envelope[]) {
    if (!comesFromNowhere(state, envelope.event)) {
      state = evolve(state, envelope);
      read.push(envelope);
    }
  }
  if (state === null) throw new Error('no event was read');
  return { state, read };
}

function comesFromNowhere(state: ReferralState | null, event: AnyReferralEvent): boolean {
  const returns = event.type === 'referral.task.decline-returned' || event.type === 'referral.task.restored';
  return returns && state?.tasks.find(({ taskId }) => taskId === event.taskId)?.stateBefore === null;
}

/** The facts of a Task that both sides know. */
function ofState(task: TaskRow, need: NeedRow, now: string): object {
  const { dueTimer, dueAt, dueGroup } = dueNow(task, now);
  return {
    ...shared(task),
    timers: task.timers,
    frozen:
      task.frozen === null
        ? null
        : { state: task.frozen.state, subState: task.frozen.subState, version: task.frozen.version },
    waitsFor: waitsFor(task, need.rerouteAfterTaskId),
    due: { dueTimer, dueAt, dueGroup },
  };
}

function ofBoard(task: BoardTask, referral: BoardReferral, now: string): object {
  const first = dueOf(task.timers, task.priority);
  const { frozen } = task;
  return {
    ...shared(task),
    timers: task.timers,
    frozen: frozen === null ? null : { state: frozen.state, subState: frozen.subState, version: frozen.version },
    waitsFor: waitsFor(task, reroutePendingAfter(referral, task.serviceRequestId)),
    due: { dueTimer: first?.dueTimer ?? null, dueAt: first?.dueAt ?? null, dueGroup: dueGroupAt(first, now) },
  };
}

function shared(task: TaskRow | BoardTask): object {
  const { taskId, serviceRequestId, need, priority, state, subState, version, ownerId, assignment } = task;
  const { recipientOrganizationId, healthcareServiceId, eligibleOrganizationIds, stateBefore } = task;
  const { reason, outcome, reroute, returnPath, openedBy, sentAt, endedAt } = task;
  return {
    ...{ taskId, serviceRequestId, need, priority, state, subState, version, ownerId, assignment },
    ...{ recipientOrganizationId, healthcareServiceId, eligibleOrganizationIds, stateBefore },
    ...{ reason, outcome, reroute, returnPath, openedBy, sentAt, endedAt },
  };
}

/** Every field that both rows have, so that one added to both is compared without a line here; of `frozen` they keep different parts. */
function inBoth(task: TaskRow | BoardTask, other: TaskRow | BoardTask): object {
  return Object.fromEntries(Object.entries(task).filter(([name]) => name in other && name !== 'frozen'));
}

function compare(state: ReferralState, envelopes: readonly EventEnvelope[], now: string): void {
  const referral = fold(state.referralId, null, envelopes.map(factOf));
  for (const need of state.needs) {
    const other = referral.needs.find(({ serviceRequestId }) => serviceRequestId === need.serviceRequestId);
    const { result, settledByHand, version } = need;
    expect(other).toMatchObject({ need: need.need, result, settledByHand, version });
    expect(reroutePendingAfter(referral, need.serviceRequestId)).toBe(need.rerouteAfterTaskId);
  }
  for (const task of state.tasks) {
    const need = state.needs.find(({ serviceRequestId }) => serviceRequestId === task.serviceRequestId);
    const other = referral.tasks.find(({ taskId }) => taskId === task.taskId);
    expect(ofBoard(other as BoardTask, referral, now)).toEqual(ofState(task, need as NeedRow, now));
    expect(inBoth(other as BoardTask, task)).toEqual(inBoth(task, other as BoardTask));
  }
  expect(referral.closed).toEqual(state.closed === null ? null : { code: state.closed.code, at: state.closed.at });
}

describe('Coordination’s board knows from events alone the facts that referrals decides by', () => {
  it.each(historyNames)('of a Task that is %s', (name) => {
    const envelopes = histories[name].events.map((happened, index): EventEnvelope => ({
      ...firstOf(beginning),
      ...happened,
      type: happened.event.type,
      streamVersion: index + 1,
    }));
    compare(asFarAsItGoes(envelopes).state, envelopes, histories[name].now);
  });

  it('of Tasks with any history', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 0, max: 90 }), (envelopes, days) => {
        const now = new Date(Date.parse('2026-11-24T08:00:00.000Z') + days * 86_400_000).toISOString();
        const { state, read } = asFarAsItGoes(envelopes);
        compare(state, read, now);
      }),
      { numRuns: 400 },
    );
  });
});
