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
import { evolve, type Caller, type TaskRow } from '../../referral.ts';
import { lookAhead } from '../../evolve/unfold.ts';
import { day, plus } from '../../model/instant.ts';
import { defaultPolicy } from '../../timer/timer-policy.ts';
import { dataFor } from '../../testing/data-for.ts';
import { completed } from '../../testing/decide.ts';
import { moveTask, taskContextOf } from '../task.ts';
import { taskTransitions, type TaskTransition } from './task.transitions.ts';

type Action = TaskTransition['action'];

const actions: readonly Action[] = [...taskActions, 'suspend', 'restore', 'expire'];

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
    const looked = factsAt(now, policy, {
      service: action === 'redirect' ? services.openDoorHomes : services.harborBeds,
      consent,
      eligible: [{ ...services.harborBeds, consent }],
      owner: {
        personId: caller.personId ?? cast.ines,
        organizationId: caller.organizationId ?? cast.harbor,
        active: true,
      },
    });
    const facts = completed(looked);
    const context = taskContextOf(state, taskId, caller, { now, policy, sending: facts });
    if (context === undefined) return [];
    const decision = moveTask(context, action, dataFor(action, caller), facts);
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
