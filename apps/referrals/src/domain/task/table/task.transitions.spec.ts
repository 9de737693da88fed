import { describe, expect, it } from '@jest/globals';
import { taskActions } from '#contracts';
import {
  callers,
  cast,
  consenting,
  factsAt,
  fold,
  histories,
  historyNames,
  services,
  type HistoryName,
} from '#decider/testing';
import { evolve, type Caller, type Facts, type TaskActionData, type TaskRow } from '../../referral.ts';
import { lookAhead } from '../../evolve/unfold.ts';
import { day, plus } from '../../model/instant.ts';
import { defaultPolicy } from '../../timer/timer-policy.ts';
import { moveTask, taskContextOf } from '../task.ts';
import { taskTransitions, type TaskTransition } from './task.transitions.ts';

type Action = TaskTransition['action'];

const actions: readonly Action[] = [...taskActions, 'suspend', 'restore', 'expire'];
const at = '2026-03-02T09:00:00.000Z';

function dataFor(action: Action, personId: string | null): TaskActionData {
  const data: Partial<Record<Action, TaskActionData>> = {
    ask: { messageId: cast.message(7) },
    reply: { messageId: cast.message(8) },
    accept: { ownerId: personId ?? cast.ines },
    assign: { ownerId: personId ?? cast.ines },
    decline: { reason: 'no-capacity' },
    'return-decline': { hasNote: true },
    redirect: { reason: 'no-capacity', healthcareServiceId: cast.openDoorHomes },
    progress: { kind: 'interim', at },
    hold: { subState: 'waitlisted', reviewOn: '2026-04-02T09:00:00.000Z' },
    complete: { outcome: 'housed', outputs: [{ kind: 'placement', at }] },
    'not-complete': { reason: 'not-eligible' },
    withdraw: { reason: 'client-declined' },
    reopen: { reason: 'other', hasNote: true },
    'mark-error': { reason: 'sent-in-error' },
  };
  return data[action] ?? {};
}

/** Every way in which consent and the network may answer, so that each row of the table is reached. */
const circumstances = [
  { declineReview: true, consent: consenting() },
  { declineReview: false, consent: consenting() },
  { declineReview: false, consent: null },
] as const;

type Circumstance = (typeof circumstances)[number];

interface Move {
  readonly name: string;
  /** The rows that may have led there: of the action, from the state, with an event that was emitted. */
  readonly rows: readonly TaskTransition[];
  readonly before: TaskRow;
  readonly after: TaskRow;
}

function movesFrom(place: HistoryName, caller: Caller, { declineReview, consent }: Circumstance): readonly Move[] {
  const { events, taskId, now: at } = histories[place];
  const state = fold({ evolve }, events);
  if (state === null) throw new Error(`${place} has no referral`);
  const policy = defaultPolicy({ offer: 'confirm-one', declineReview });
  const now = caller.kind === 'timer' ? plus(at, 60 * day) : at;
  return actions.flatMap((action) => {
    const facts: Facts = factsAt(now, policy, {
      service: action === 'redirect' ? services.openDoorHomes : services.harborBeds,
      consent,
      eligible: [{ ...services.harborBeds, consent }],
      owner: {
        personId: caller.personId ?? cast.ines,
        organizationId: caller.organizationId ?? cast.harbor,
        active: true,
      },
    });
    const context = taskContextOf(state, taskId, caller, { now, policy, sending: facts });
    if (context === undefined) return [];
    const decision = moveTask(context, action, dataFor(action, caller.personId), facts);
    if (decision.kind === 'refused') return [];
    const { task: before } = context;
    const emitted = decision.events.map(({ type }) => type);
    const rows = taskTransitions.filter(
      (row) => row.action === action && row.from.includes(before.state) && emitted.includes(row.emits),
    );
    const after = lookAhead(state, decision.events, caller, now).tasks.find((task) => task.taskId === taskId);
    return after === undefined ? [] : [{ name: `${place}: ${action} by ${caller.kind}`, rows, before, after }];
  });
}

function leadsTo({ to }: TaskTransition, { before, after }: Move): boolean {
  if (to === 'unchanged') return after.state === before.state;
  return after.state === (to === 'the-state-before' ? before.stateBefore?.state : to);
}

describe('the transition table', () => {
  const moves = historyNames.flatMap((place) =>
    Object.values(callers).flatMap((caller) => circumstances.flatMap((each) => movesFrom(place, caller, each))),
  );

  it('names in `to` the state that the events of the row lead to', () => {
    const wrong = moves.filter((move) => !move.rows.some((row) => leadsTo(row, move)));
    expect(wrong.map(({ name, after }) => `${name} leads to ${after.state}`)).toEqual([]);
  });

  it('has no row that this test does not reach', () => {
    const reached = new Set(moves.flatMap((move) => move.rows.filter((row) => leadsTo(row, move))));
    const missed = taskTransitions.filter((row) => !reached.has(row));
    expect(missed.map(({ number, action }) => `${number} ${action}`)).toEqual([]);
  });
});
