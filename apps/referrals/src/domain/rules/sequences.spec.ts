import { describe, expect, it } from '@jest/globals';
import { validateSync } from 'class-validator';
import fc from 'fast-check';
import {
  reasonsFor,
  taskActions,
  timerNames,
  milestones,
  type OfferPolicy,
  type ReasonedAction,
  type TaskAction,
} from '#contracts';
import { callers, cast, consenting, factsAt, idOf, services, historyNames, histories, fold } from '#decider/testing';
import { hasReached, isOpen } from '#tracking';
import { closing, settlements } from '../lifecycle/roll-up.ts';
import {
  evolve,
  legalMoves,
  type AnyReferralEvent,
  type Caller,
  type Happened,
  type Policy,
  type ReferralCommand,
  type ReferralState,
  type TaskActionData,
  type TaskRow,
} from '../referral.ts';
import { decide, type SomeFacts } from '../testing/decide.ts';
import { plus, minute } from '../model/instant.ts';
import { defaultPolicy } from '../timer/timer-policy.ts';

/** One random step: numbers that choose who does what to which Task, with which facts, after how long. */
interface Step {
  readonly what: number;
  readonly who: number;
  readonly task: number;
  readonly pick: number;
  readonly minutes: number;
  readonly covered: boolean;
  readonly returns: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  what: fc.nat(19),
  who: fc.nat(100),
  task: fc.nat(100),
  pick: fc.nat(1000),
  minutes: fc.oneof(fc.constant(0), fc.nat(600), fc.nat(60 * 24 * 12)),
  covered: fc.boolean(),
  returns: fc.nat(2),
});

const policyOf = (offer: OfferPolicy, declineReview: boolean, auto: boolean): Policy =>
  defaultPolicy({ offer, declineReview, reroute: auto ? 'auto' : 'propose' });

const policies: fc.Arbitrary<Policy> = fc
  .record({
    offer: fc.constantFrom<OfferPolicy>('single', 'first-accept', 'confirm-one'),
    review: fc.boolean(),
    auto: fc.boolean(),
  })
  .map(({ offer, review, auto }) => policyOf(offer, review, auto));

const at = <T>(list: readonly T[], index: number): T => {
  const chosen = list[index % list.length];
  if (chosen === undefined) throw new Error('nothing to choose from');
  return chosen;
};

const everybody: readonly Caller[] = Object.values(callers);
const housingServices = [services.harborBeds, services.openDoorHomes];

function factsOf(chosen: Step, policy: Policy, now: string, made: () => string): SomeFacts {
  const paths = ['none', 'status', 'outcome'] as const;
  const consent = chosen.covered ? consenting(undefined, at(paths, chosen.returns)) : null;
  const service = at(housingServices, chosen.pick);
  const caller = at(everybody, chosen.who);
  return {
    ...factsAt(now, policy, {
      service,
      consent,
      coordinatorConsent: consent,
      coordinatingOrganizationId: cast.council,
    }),
    newId: made,
    owner: {
      personId: caller.personId ?? cast.ines,
      organizationId: caller.organizationId ?? cast.harbor,
      active: true,
    },
    eligible: housingServices.map((each) => ({ ...each, consent })),
    candidates: housingServices.map((each) => ({ ...each, consent, service: each })),
  };
}

function dataOf(action: TaskAction, chosen: Step, caller: Caller, now: string): TaskActionData {
  const reasons = reasonsFor(action as ReasonedAction);
  return {
    ...(reasons.length === 0 ? {} : { reason: at(reasons, chosen.pick) }),
    ...{ hasNote: true, messageId: idOf('b', chosen.pick), ownerId: caller.personId ?? cast.ines },
    ...{
      kind: at(['contact-attempted', 'interim', 'no-show'] as const, chosen.pick),
      at: now,
      reached: chosen.covered,
    },
    ...{ channel: at(['phone', 'sms'] as const, chosen.pick), subState: 'waitlisted', reviewOn: plus(now, 9e7) },
    ...{ outcome: at(['housed', 'partly-provided'] as const, chosen.pick), outputs: [{ kind: 'placement', at: now }] },
    healthcareServiceId: at(housingServices, chosen.pick).healthcareServiceId,
  };
}

function commandOf(state: ReferralState, chosen: Step, facts: SomeFacts): ReferralCommand {
  const caller = at(everybody, chosen.who);
  const task = at(state.tasks, chosen.task);
  const { taskId, serviceRequestId } = task;
  const needed = { serviceRequestId: at(state.needs, chosen.pick).serviceRequestId };
  switch (chosen.what) {
    case 0:
      return { type: 'offer-need', ...needed, taskId: facts.newId(), pool: chosen.pick % 3 === 0, caller };
    case 1:
      return { type: 'settle-need', ...needed, reason: 'other', hasNote: true, caller };
    case 2:
      return { type: 'change-referral', priority: at(['routine', 'urgent'] as const, chosen.pick), caller };
    case 3:
    case 4:
      return { type: 'review-consent', taskId, caller: callers.system };
    case 5:
      return { type: 'propose-reroute', serviceRequestId, afterTaskId: taskId, caller: callers.system };
    case 6:
      return { type: 'withdraw-referral', reason: at(reasonsFor('withdraw'), chosen.pick), hasNote: true, caller };
    case 7:
    case 8:
      return openingOf(task, caller);
    case 9:
    case 10:
    case 11:
      return firingOf(task, chosen);
    default:
      return actionOf(state, task, chosen, facts);
  }
}

function openingOf({ taskId }: TaskRow, caller: Caller): ReferralCommand {
  return {
    ...{ type: 'open-packet', taskId, direction: 'send', disclosureId: idOf('f', 1), caller },
    ...{ readerOrganizationId: caller.organizationId ?? '', purpose: 'care-coordination' },
    ...{ categories: ['core-contact'], consentIds: [cast.consent], noticeCodes: [] },
  };
}

function firingOf({ taskId, timers }: TaskRow, chosen: Step): ReferralCommand {
  const timer = timers.length > 0 ? at(timers, chosen.pick).timer : at(timerNames, chosen.pick);
  const milestone = at(['end' as const, ...milestones], chosen.who);
  return {
    type: 'fire-timer',
    taskId,
    timer,
    caller: callers.timer,
    ...(milestone === 'end' ? {} : { milestone }),
  };
}

const cutsShort: readonly TaskAction[] = ['withdraw', 'mark-error', 'reopen'];

/** Mostly what is legal for somebody, so that stories go far; sometimes anything, by anybody. */
function actionOf(state: ReferralState, { taskId }: TaskRow, chosen: Step, facts: SomeFacts): ReferralCommand {
  const offers = everybody.flatMap((caller) =>
    legalMoves(state, taskId, caller, facts)
      .filter(({ action }) => chosen.what === 19 || !cutsShort.includes(action))
      .map(({ action }) => ({ caller, action })),
  );
  const anything = { caller: at(everybody, chosen.who), action: at(taskActions, chosen.pick) };
  const { caller, action } = chosen.what > 12 && offers.length > 0 ? at(offers, chosen.pick) : anything;
  return { type: 'task', taskId, action, data: dataOf(action, chosen, caller, facts.now), caller };
}

const ended = ['declined', 'redirected', 'withdrawn', 'expired', 'entered-in-error'];
const goesOnMeanwhile = ['suspension', 'withdrawal-effective'];

/** What must hold of every state that any sequence of commands leads to. */
function faultsOf(before: ReferralState, after: ReferralState, version: number, policy: Policy): readonly string[] {
  return [
    ...after.access
      .filter((row) => row.endedAt === null)
      .filter((row) => ended.includes(after.tasks.find((task) => task.taskId === row.taskId)?.state ?? ''))
      .map((row) => `access ${row.accessId} is open after the end`),
    ...after.tasks
      .filter((task) => task.subState === 'consent-suspended')
      .filter((task) => after.access.some((row) => row.taskId === task.taskId && row.endedAt === null))
      .map((task) => `${task.taskId} is suspended and its packet open`),
    ...after.needs
      .filter(() => policy.offer === 'single')
      .filter((need) => after.tasks.filter((task) => isOpen(task) && ofNeed(task, need)).length > 1)
      .map((need) => `two open Tasks of ${need.need} under single`),
    ...(after.closed !== null && after.needs.some((need) => need.result === 'in-play') ? ['closed while in play'] : []),
    ...(settlements(after).length + closing(after).length > 0 ? ['a roll-up is owed'] : []),
    ...after.tasks.flatMap((task) => faultsOfTask(before, task, version)),
  ];
}

function ofNeed(task: TaskRow, need: ReferralState['needs'][number]): boolean {
  return task.serviceRequestId === need.serviceRequestId;
}

function faultsOfTask(before: ReferralState, task: TaskRow, version: number): readonly string[] {
  const old = before.tasks.find((each) => each.taskId === task.taskId);
  const isSuspended = task.subState === 'consent-suspended';
  const runs = task.timers.filter((timer) => timer.pausedAt === null && !goesOnMeanwhile.includes(timer.timer));
  const wasOver = old !== undefined && !isOpen(old) && old.state !== task.state;
  return [
    ...(isSuspended && runs.length > 0 ? [`${runs[0]?.timer} runs while suspended`] : []),
    ...(task.version > version || task.version < (old?.version ?? 0) ? ['a version goes back or ahead'] : []),
    ...(old !== undefined && JSON.stringify(old) !== JSON.stringify(task) && old.version === task.version
      ? ['a row changed and kept its version']
      : []),
    ...(wasOver && task.state !== 'entered-in-error' ? [`an ended Task became ${task.state}`] : []),
    ...(task.statusFrozen !== (task.frozen !== null) ? ['frozen and not frozen'] : []),
  ];
}

/** An escalation happens once per milestone of a timer that runs. */
function reportedTwice(before: ReferralState, events: readonly AnyReferralEvent[]): readonly string[] {
  return events.flatMap((event) => {
    if (event.type !== 'referral.task.escalated') return [];
    const { timer, milestone, taskId } = event;
    const running = before.tasks.find((task) => task.taskId === taskId)?.timers.find((each) => each.timer === timer);
    const isDue = running !== undefined && !hasReached(running, milestone);
    return isDue ? [] : [`${timer} tells ${milestone} twice, or never ran`];
  });
}

function invalidFields(event: AnyReferralEvent): readonly string[] {
  return validateSync(event).map((fault) => `${event.type}.${fault.property}: ${JSON.stringify(fault.value)}`);
}

describe('whatever is asked, in whatever order', () => {
  it('leaves a referral that keeps every promise, and whose rows are the fold of its events', () => {
    const story = fc.record({
      policy: policies,
      from: fc.constantFrom(...historyNames),
      steps: fc.array(step, { minLength: 5, maxLength: 40 }),
    });
    fc.assert(
      fc.property(story, ({ policy, from, steps }) => {
        const history: Happened[] = histories[from].events.map((each, index) => ({
          ...each,
          streamVersion: index + 1,
        }));
        let state = history.reduce<ReferralState | null>(evolve, null);
        let now = histories[from].now;
        let count = 100;
        for (const chosen of steps) {
          if (state === null) throw new Error('no state');
          now = plus(now, chosen.minutes * minute);
          const facts = factsOf(chosen, policy, now, () => idOf('e', ++count));
          const command = commandOf(state, chosen, facts);
          const decision = decide(state, command, facts);
          if (decision.kind === 'refused') continue;
          const { kind, personId, organizationId, roles } = command.caller;
          const role = kind === 'person' ? (roles[0] ?? 'coordinator') : kind;
          let after: ReferralState = state;
          for (const event of decision.events) {
            const actor = { id: personId, role, organizationId };
            const happened = { event, time: now, actor, streamVersion: history.length + 1 };
            expect(invalidFields(event)).toEqual([]);
            after = evolve(after, happened);
            history.push(happened);
          }
          const faults = [...faultsOf(state, after, history.length, policy), ...reportedTwice(state, decision.events)];
          expect({ command, faults }).toEqual({ command, faults: [] });
          state = after;
        }
        expect(history.map(asItTravels).reduce<ReferralState | null>(evolve, null)).toEqual(state);
      }),
      { numRuns: 120 },
    );
  });
});

/** An event as a reader gets it: plain JSON, with the type from the envelope. */
function asItTravels(happened: Happened): Happened {
  const fields = JSON.parse(JSON.stringify(happened.event)) as AnyReferralEvent;
  return { ...happened, event: { ...fields, type: happened.event.type } as AnyReferralEvent };
}

describe('the places of the rule tests', () => {
  it('are such that no roll-up is owed in any of them', () => {
    for (const name of historyNames) {
      const state = fold({ evolve }, histories[name].events);
      expect([name, state === null ? null : [...settlements(state), ...closing(state)]]).toEqual([name, []]);
    }
  });
});
