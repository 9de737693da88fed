import { describe, expect, it } from '@jest/globals';
import { taskActions, taskStates, type TaskState } from '#contracts';
import { fold, historyNames, histories } from '#decider/testing';
import { conditions } from '../task/rules/condition.ts';
import { effects } from '../task/effects/effect.ts';
import { guards } from '../task/rules/guard.ts';
import { evolve } from '../referral.ts';
import { taskTransitions } from '../task/table/task.transitions.ts';

/** States that rows lead to from a draft, step by step. */
function reachableFromDraft(): ReadonlySet<TaskState> {
  const reached = new Set<TaskState>(['draft']);
  for (let grew = true; grew;) {
    const next = taskTransitions.flatMap(({ from, to }) =>
      to !== 'unchanged' && to !== 'the-state-before' && from.some((state) => reached.has(state)) ? [to] : [],
    );
    grew = next.some((state) => !reached.has(state));
    for (const state of next) reached.add(state);
  }
  return reached;
}

describe('the table of the Task', () => {
  it('leads from a draft to every state', () => {
    expect([...reachableFromDraft()].toSorted()).toEqual([...taskStates].toSorted());
  });

  it('is stood in by the rule tests in every state', () => {
    const stood = historyNames.map((name) => {
      const { events, taskId } = histories[name];
      return fold({ evolve }, events)?.tasks.find((task) => task.taskId === taskId)?.state;
    });
    expect([...new Set(stood)].toSorted()).toEqual([...taskStates].toSorted());
  });

  it('has every row of domain.md, 1 to 25, and a row for every action', () => {
    const numbers = [...new Set(taskTransitions.map((row) => row.number))].toSorted((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 25 }, (_, index) => index + 1));
    const actions = new Set<string>(taskTransitions.map((row) => row.action));
    expect(taskActions.filter((action) => !actions.has(action))).toEqual([]);
  });

  it('uses every word that has a meaning, and every ended state but an error can be reopened', () => {
    const used = {
      conditions: new Set<string>(taskTransitions.flatMap((row) => row.when ?? [])),
      guards: new Set<string>(taskTransitions.flatMap((row) => row.guards)),
      effects: new Set<string>(taskTransitions.map((row) => row.emits)),
    };
    expect(Object.keys(conditions).filter((word) => !used.conditions.has(word))).toEqual([]);
    expect(Object.keys(guards).filter((word) => !used.guards.has(word))).toEqual([]);
    expect(Object.keys(effects).filter((word) => !used.effects.has(word))).toEqual([]);
  });

  it('never lets an ended Task be edited: only reopened, which is a new one, or marked in error', () => {
    const ended: readonly TaskState[] = [
      'declined',
      'redirected',
      'withdrawn',
      'expired',
      'completed',
      'not-completed',
    ];
    const rows = taskTransitions.filter((row) => row.from.some((state) => ended.includes(state)));
    expect([...new Set(rows.map((row) => row.action))].toSorted()).toEqual(['mark-error', 'reopen']);
    expect(taskTransitions.filter((row) => row.from.includes('entered-in-error'))).toEqual([]);
  });
});
