import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { milestones, reasonsFor, timerNames, type ReasonedAction, type TaskAction, type TimerName } from '#contracts';
import { callers, cast, consenting, factsAt, idOf, services } from '#decider/testing';
import { isOpen } from '#tracking';
import {
  evolve,
  legalMoves,
  type AnyReferralEvent,
  type ReferralCommand,
  type ReferralState,
  type TaskActionData,
  type TaskRow,
} from '../referral.ts';
import { decide, type SomeFacts } from '../testing/decide.ts';
import { nextFirings, type Firing } from './firing.ts';
import { day, hour, plus } from '../model/instant.ts';
import { Stopwatches } from './testing/stopwatches.ts';
import { defaultPolicy } from './timer-policy.ts';
import { taskTimerPrefix, timerRows } from '../../stream/timer.rows.ts';

const policy = defaultPolicy({ declineReview: true });
const desk = [callers.dana, callers.ines, callers.abel, callers.cora];

const at = <T>(list: readonly T[], index: number): T => {
  const chosen = list[index % list.length];
  if (chosen === undefined) throw new Error('nothing to choose from');
  return chosen;
};

/** One referral with one Task, and the rows of the timer table as the platform keeps them. */
class Desk {
  readonly rows = new Map<TimerName, Firing>();
  private state: ReferralState | null = null;
  private version = 0;
  private made = 0;

  constructor(public now: string) {}

  get referral(): ReferralState {
    if (this.state === null) throw new Error('no referral');
    return this.state;
  }

  get task(): TaskRow {
    return at(this.referral.tasks, 0);
  }

  /** What happened, in events; none where the command was refused. */
  give(command: ReferralCommand, covered = true): readonly AnyReferralEvent[] {
    const before = this.state;
    const decision = decide(before, command, this.facts(command, covered));
    if (decision.kind === 'refused' || decision.events.length === 0) return [];
    for (const event of decision.events) {
      const actor = { id: null, role: 'system' as const, organizationId: null };
      this.state = evolve(this.state, { event, time: this.now, actor, streamVersion: (this.version += 1) });
    }
    const step = { events: decision.events, policy, now: this.now };
    for (const { kind, dueAt, payload } of timerRows(before, this.referral, step)) {
      const timer = timerNames.find((each) => kind === `${taskTimerPrefix}${each}`);
      if (timer === undefined) continue;
      const milestone = milestones.find((each) => each === payload?.['milestone']) ?? null;
      if (dueAt === null) this.rows.delete(timer);
      else this.rows.set(timer, { timer, milestone, at: dueAt });
    }
    return decision.events;
  }

  fire(timer: TimerName, milestone: Firing['milestone']): readonly AnyReferralEvent[] {
    const command = { type: 'fire-timer' as const, taskId: this.task.taskId, timer, caller: callers.timer };
    return this.give(milestone === null ? command : { ...command, milestone });
  }

  /** The worker: each due row is taken away and fired, the longest due first. */
  tick(): readonly string[] {
    const reported: string[] = [];
    for (let row = this.due(); row !== undefined; row = this.due()) {
      this.rows.delete(row.timer);
      for (const event of this.fire(row.timer, row.milestone)) {
        if (event.type === 'referral.task.escalated') reported.push(`${event.timer} ${event.milestone}`);
        if (event.type === 'referral.task.expired' || event.type === 'referral.task.withdrawn')
          reported.push(`${row.timer} end`);
      }
    }
    return reported;
  }

  /** A restart: what was in memory is gone, and what is to fire follows from the row of the Task alone. */
  restart(): void {
    const byName = (rows: Iterable<Firing>): readonly Firing[] =>
      [...rows].toSorted((a, b) => (a.timer < b.timer ? -1 : 1));
    const kept = byName(this.rows.values());
    this.rows.clear();
    for (const firing of nextFirings(this.task, policy)) this.rows.set(firing.timer, firing);
    const followed = byName(this.rows.values());
    if (JSON.stringify(followed) !== JSON.stringify(kept)) expect(followed).toEqual(kept);
  }

  /** A claim that outlived a restart, or was never right, fires into nothing. */
  firesNothingMore(pick: number): void {
    for (const { timer } of this.task.timers) {
      const fired = this.fire(timer, at([...milestones, null], pick));
      if (fired.length > 0) expect({ at: this.now, timer, fired }).toEqual({ at: this.now, timer, fired: [] });
    }
  }

  private due(): Firing | undefined {
    let first: Firing | undefined;
    for (const row of this.rows.values()) {
      if (row.at > this.now) continue;
      if (first === undefined || row.at < first.at || (row.at === first.at && row.timer < first.timer)) first = row;
    }
    return first;
  }

  private facts({ caller }: ReferralCommand, covered: boolean): SomeFacts {
    const consent = covered ? consenting() : null;
    const { harborBeds: service } = services;
    return {
      ...factsAt(this.now, policy, { service, consent, coordinatorConsent: consent }),
      newId: () => idOf('e', (this.made += 1)),
      coordinatingOrganizationId: cast.council,
      owner: { personId: caller.personId ?? cast.ines, organizationId: cast.harbor, active: true },
    };
  }
}

/** What one person or the platform does after so many hours; `down`: the platform stood still meanwhile. */
interface Step {
  readonly hours: number;
  readonly down: boolean;
  readonly restart: boolean;
  readonly what: number;
  readonly pick: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  hours: fc.oneof(
    { arbitrary: fc.nat(12), weight: 4 },
    { arbitrary: fc.nat(48), weight: 4 },
    { arbitrary: fc.nat(24 * 8), weight: 2 },
    { arbitrary: fc.nat(24 * 45), weight: 1 },
  ),
  down: fc.nat(4).map((number) => number === 0),
  restart: fc.boolean(),
  what: fc.nat(9),
  pick: fc.nat(10_000),
});

function drafting({ pick }: Step, now: string): ReferralCommand {
  const planned = pick % 3 === 0 ? {} : { neededBy: plus(now, (pick % 50) * day) };
  const task = { taskId: cast.task(1), healthcareServiceId: cast.harborBeds, recipientOrganizationId: cast.harbor };
  return {
    ...{ type: 'create-referral', referralId: cast.referral, clientId: cast.client, caller: callers.dana },
    ...{ senderOrganizationId: cast.hospital, networkId: cast.network, ...planned },
    priority: at(['routine', 'urgent'] as const, pick),
    needs: [{ serviceRequestId: cast.housing, need: 'housing', areaId: cast.north, offers: [task] }],
  };
}

const neverHere: readonly TaskAction[] = ['redirect', 'reopen', 'mark-error', 'pick'];
const ends: readonly TaskAction[] = ['withdraw', 'complete', 'not-complete', 'approve-decline'];

function doing({ referral, task, now }: Desk, { what, pick }: Step): ReferralCommand | undefined {
  const { taskId } = task;
  if (what < 2) return { type: 'review-consent', taskId, caller: callers.system };
  if (what === 2) return pick % 3 === 0 ? { type: 'record-delivery', taskId, caller: callers.system } : opening(taskId);
  // A suspension that lasts needs people who wait.
  if (what > 3 && task.subState === 'consent-suspended' && pick % 4 > 0) return undefined;
  const offers = desk.flatMap((caller) =>
    legalMoves(referral, taskId, caller, { now, policy })
      .filter(({ action }) => !neverHere.includes(action) && (what === 3 || !ends.includes(action)))
      .map(({ action }) => ({ caller, action })),
  );
  if (offers.length === 0) return undefined;
  const { caller, action } = at(offers, pick);
  return { type: 'task', taskId, action, caller, data: dataOf(action, pick, now, caller.personId ?? cast.ines) };
}

function opening(taskId: string): ReferralCommand {
  return {
    ...{ type: 'open-packet', taskId, direction: 'send', disclosureId: idOf('f', 1), caller: callers.ines },
    ...{ readerOrganizationId: cast.harbor, purpose: 'care-coordination' },
    ...{ categories: ['core-contact'], consentIds: [cast.consent], noticeCodes: [] },
  };
}

function dataOf(action: TaskAction, pick: number, now: string, ownerId: string): TaskActionData {
  const reasons = reasonsFor(action as ReasonedAction);
  return {
    ...(reasons.length === 0 ? {} : { reason: at(reasons, pick) }),
    ...{ hasNote: true, messageId: idOf('b', pick), ownerId, kind: 'interim', at: now, outcome: 'housed' },
    ...{
      subState: 'waitlisted',
      reviewOn: plus(now, ((pick % 40) - 2) * day),
      outputs: [{ kind: 'placement', at: now }],
    },
  };
}

const start = '2026-01-01T00:00:00.000Z';
const end = plus(start, 365 * day);

/** Lives one year, one Task after the other, and returns what was reported in it. */
function year(steps: readonly Step[]): readonly string[] {
  const reported: string[] = [];
  let here = new Desk(start);
  let model: Stopwatches | undefined;
  for (let index = 0; here.now < end; index += 1) {
    const chosen = at(steps, index);
    const jumps = chosen.down || chosen.hours === 0;
    for (const hours of jumps ? [chosen.hours] : Array.from({ length: chosen.hours }, () => 1)) {
      here.now = plus(here.now, hours * hour);
      if (model === undefined) continue;
      if (chosen.down && chosen.restart) here.restart();
      const [fired, expected] = [here.tick(), model.pass(hours * 60)];
      if (fired.join() !== expected.join()) expect({ at: here.now, fired }).toEqual({ at: here.now, fired: expected });
      reported.push(...fired);
    }
    if (model !== undefined && chosen.restart) {
      here.restart();
      here.firesNothingMore(chosen.pick);
    }
    if (model === undefined || (!isOpen(here.task) && chosen.what < 5)) {
      here = new Desk(here.now);
      here.give(drafting(chosen, here.now));
      model = new Stopwatches(here.referral.priority, here.now, here.referral.neededBy);
    } else {
      const command = doing(here, chosen);
      if (command !== undefined) model.applyAll(here.give(command, chosen.what !== 0), here.now);
    }
  }
  return reported;
}

/** Lives years of random steps against the model; returns how often each escalation step was reported in them. */
function live(years: number, seed?: number): ReadonlyMap<string, number> {
  const reported = new Map<string, number>();
  fc.assert(
    fc.property(fc.array(step, { minLength: 60, maxLength: 120 }), (steps) => {
      // A year of steps that take no time would not end.
      fc.pre(steps.reduce((sum, { hours }) => sum + hours, 0) > 12 * steps.length);
      for (const each of year(steps)) reported.set(each, (reported.get(each) ?? 0) + 1);
    }),
    { numRuns: years, endOnFailure: true, ...(seed === undefined ? {} : { seed }) },
  );
  return reported;
}

describe('a year of timers, with restarts at any moment', () => {
  it('tells each milestone once, none early and none late, as stopwatches would', () => {
    live(10);
  });

  it('and does so on every step of every escalation schedule', () => {
    expect([...live(25, 2026).keys()].toSorted()).toEqual(Stopwatches.everyEscalationStep());
  });
});
