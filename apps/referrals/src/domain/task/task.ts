import {
  outcomesOf,
  reasonsFor,
  taskActions,
  type InstantText,
  type ReasonedAction,
  type TaskAction,
  type TaskId,
} from '#contracts';
import {
  accepted,
  chooseRow,
  movesOf,
  refused,
  type Decision,
  type FieldError,
  type LegalMove,
  type Reading,
  type Refusal,
} from '#decider';
import { senderView } from '#tracking';
import type { Caller, Facts, TaskActionData } from '../model/command.ts';
import { isPool, type Asked, type Known, type Made, type Standing } from './rules/transition-request.ts';
import { conditions } from './rules/condition.ts';
import { effects } from './effects/effect.ts';
import { faultsOf, faultsOfForm } from './rules/form/fault.ts';
import { guards, openTaskFor } from './rules/guard.ts';
import { partiesOf } from './table/relation.ts';
import type { AnyReferralEvent, ReferralState, TaskRow } from '../model/state.ts';
import { taskTransitions, type TaskTransition, type TaskWords } from './table/task.transitions.ts';

const reading: Reading<TaskWords, Standing, Asked> = {
  stateOf: ({ task }) => task.state,
  actorsOf: ({ task, caller }) => partiesOf(task, caller),
  conditions,
  guards,
  faults: faultsOf,
};

/** One move of one Task: its events, or a refusal that says what the caller may do instead. */
export function moveTask(
  standing: Standing,
  action: TaskTransition['action'],
  data: TaskActionData,
  facts: Facts,
): Decision<AnyReferralEvent> {
  const asked: Made = { ...standing, action, data, facts };
  const choice = chooseRow(taskTransitions, reading, action, asked);
  switch (choice.kind) {
    case 'row':
      return accepted(effects[choice.row.emits](asked, choice.actor));
    case 'role':
    case 'illegal-move':
      return refused({ ...refusalOf(standing, action), code: choice.kind });
    case 'invalid':
      return refused({ ...refusalOf(standing, action), code: 'invalid', errors: choice.errors });
    case 'guard':
      return refused({ ...refusalOf(standing, action), code: 'guard', guard: choice.guard, facts: choice.facts });
  }
}

/** What is wrong with the data of an action whatever the Task's state is: every row of an action asks for the same. */
export function formFaults(action: TaskAction, data: TaskActionData, now: InstantText): readonly FieldError[] {
  const row = taskTransitions.find((each) => each.action === action);
  return row === undefined ? [] : faultsOfForm(row, { action, data }, now);
}

/** The part of every refusal: where the Task stands, as far as the caller may see, and what is legal from there. */
export function refusalOf(
  standing: Standing,
  action: string,
): Pick<Refusal, 'action' | 'state' | 'version' | 'legalMoves'> {
  const { state, version } = asSeenBy(standing.task, standing.caller);
  return { action, state, version, legalMoves: movesFor(standing) };
}

/** A Task with its need; undefined where the referral has none such. */
export function standingOf(
  referral: ReferralState,
  taskId: TaskId,
  caller: Caller,
  known: Known,
): Standing | undefined {
  const task = referral.tasks.find((each) => each.taskId === taskId);
  const need = referral.needs.find((each) => each.serviceRequestId === task?.serviceRequestId);
  return task === undefined || need === undefined ? undefined : { referral, task, need, caller, ...known };
}

/** What this caller may do now, in table order; nothing for a Task that is not there. */
export function legalMoves(
  referral: ReferralState,
  taskId: TaskId,
  caller: Caller,
  known: Known,
): readonly LegalMove<TaskAction>[] {
  const standing = standingOf(referral, taskId, caller, known);
  return standing === undefined ? [] : movesFor(standing);
}

/** A sender whose view stands still is offered the moves of what it sees. */
function movesFor(standing: Standing): readonly LegalMove<TaskAction>[] {
  const seen = { ...standing, task: asSeenBy(standing.task, standing.caller) };
  return movesOf(taskTransitions, reading, seen).flatMap((move) => {
    const { action } = move;
    if (!isTaskAction(action) || !canSucceed(seen, action)) return [];
    return [{ ...move, action, ...codesFor(action, seen) }];
  });
}

/** A move that a fact forbids is not offered where that fact is known; a Task that waits for consent is not sent without. */
function canSucceed(standing: Standing, action: TaskAction): boolean {
  const { task, referral, need, caller, sending } = standing;
  if (action === 'accept') return !isPool(task) || openTaskFor(referral, need, caller.organizationId, task) === null;
  if (action !== 'send') return true;
  if (sending === undefined) return task.state !== 'awaiting-consent';
  const facts = { ...sending, now: standing.now, policy: standing.policy };
  return chooseRow(taskTransitions, reading, action, { ...standing, action, data: {}, facts }).kind === 'row';
}

function codesFor(action: TaskAction, { need }: Standing): Pick<LegalMove, 'reasons' | 'outcomes'> {
  if (action === 'complete') return { outcomes: outcomesOf(need.need) };
  return isReasoned(action) ? { reasons: reasonsFor(action) } : {};
}

function isTaskAction(action: TaskTransition['action']): action is TaskAction {
  return (taskActions as readonly string[]).includes(action);
}

function isReasoned(action: TaskAction): action is TaskAction & ReasonedAction {
  return taskTransitions.some((row) => row.action === action && row.needs.includes('reason'));
}

/** The sender's frozen view, for a caller who is on no other side of the Task. */
function asSeenBy(task: TaskRow, caller: Caller): TaskRow {
  const otherSides = partiesOf(task, caller).filter(
    (party) => !['sender', 'creator', 'privacy-officer'].includes(party),
  );
  const isSenders = caller.kind === 'person' && caller.organizationId === task.senderOrganizationId;
  return isSenders && otherSides.length === 0 ? senderView(task) : task;
}
