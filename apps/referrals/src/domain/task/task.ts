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
import type { Caller, TaskActionData } from '../model/command.ts';
import type { FactsWith } from '../model/facts.ts';
import {
  isPool,
  type FactsOfMove,
  type LegalMoveFacts,
  type RelationOf,
  type TaskContext,
  type TaskContextBy,
  type TransitionRequest,
} from './rules/transition-request.ts';
import { conditions } from './rules/condition.ts';
import { effects } from './effects/effect.ts';
import { faultsOf, faultsOfForm } from './rules/form/fault.ts';
import { guards, openTaskFor } from './rules/guard.ts';
import { relationsOf } from './table/relation.ts';
import type { AnyReferralEvent, ReferralState, TaskRow } from '../model/state.ts';
import { taskTransitions, type TaskTransition, type TaskWords } from './table/task.transitions.ts';

const reading: Reading<TaskWords, TaskContext, TransitionRequest> = {
  stateOf: ({ task }) => task.state,
  actorsOf: ({ task, caller }) => relationsOf(task, caller),
  conditions,
  guards,
  faults: faultsOf,
};

type Action = TaskTransition['action'];

/**
 * One move of one Task: its events, or a refusal that says what the caller may do instead. `facts`: those that the
 * action's rows name. `Kind`: who moves it, where that is the platform, whose rows may name other facts than people's.
 */
export function moveTask<Taken extends Action, Kind extends Caller['kind'] = Caller['kind']>(
  context: TaskContextBy<Kind>,
  action: Taken,
  data: TaskActionData,
  facts: FactsWith<FactsOfMove<Taken, RelationOf<Kind>>>,
): Decision<AnyReferralEvent> {
  const request = requestOf(context, action, data, facts);
  const choice = chooseRow(taskTransitions, reading, action, request);
  switch (choice.kind) {
    case 'row':
      return accepted(effectOf(choice.row)({ ...request, facts, as: choice.actor }));
    case 'role':
    case 'illegal-move':
      return refused({ ...refusalOf(context, action), code: choice.kind });
    case 'invalid':
      return refused({ ...refusalOf(context, action), code: 'invalid', errors: choice.errors });
    case 'guard':
      return refused({ ...refusalOf(context, action), code: 'guard', guard: choice.guard, facts: choice.facts });
  }
}

/**
 * A request as every guard could read it. What the action's rows do not name is not there; no guard of theirs can read
 * it, as such a row does not compile.
 */
function requestOf(
  context: TaskContext,
  action: Action,
  data: TaskActionData,
  facts: Partial<TransitionRequest['facts']>,
): TransitionRequest {
  return { ...context, action, data, facts: facts as TransitionRequest['facts'] };
}

/** The effect of a row that was chosen: its needed data is there, and its facts are those of the request. */
function effectOf(row: Pick<TaskTransition, 'emits'>): (request: object) => readonly AnyReferralEvent[] {
  return effects[row.emits] as (request: object) => readonly AnyReferralEvent[];
}

/** What is wrong with the data of an action whatever the Task's state is: every row of an action asks for the same. */
export function formFaults(action: TaskAction, data: TaskActionData, now: InstantText): readonly FieldError[] {
  const row = taskTransitions.find((each) => each.action === action);
  return row === undefined ? [] : faultsOfForm(row, { action, data }, now);
}

/** The part of every refusal: where the Task stands, as far as the caller may see, and what is legal from there. */
export function refusalOf(
  context: TaskContext,
  action: string,
): Pick<Refusal, 'action' | 'state' | 'version' | 'legalMoves'> {
  const { state, version } = asSeenBy(context.task, context.caller);
  return { action, state, version, legalMoves: movesFor(context) };
}

/** A Task with its need; undefined where the referral has none such. */
export function taskContextOf(
  referral: ReferralState,
  taskId: TaskId,
  caller: Caller,
  facts: LegalMoveFacts,
): TaskContext | undefined {
  const task = referral.tasks.find((each) => each.taskId === taskId);
  const need = referral.needs.find((each) => each.serviceRequestId === task?.serviceRequestId);
  return task === undefined || need === undefined ? undefined : { referral, task, need, caller, ...facts };
}

/** What this caller may do now, in table order; nothing for a Task that is not there. */
export function legalMoves(
  referral: ReferralState,
  taskId: TaskId,
  caller: Caller,
  facts: LegalMoveFacts,
): readonly LegalMove<TaskAction>[] {
  const context = taskContextOf(referral, taskId, caller, facts);
  return context === undefined ? [] : movesFor(context);
}

/** A sender whose view stands still is offered the moves of what it sees. */
function movesFor(context: TaskContext): readonly LegalMove<TaskAction>[] {
  const seen = { ...context, task: asSeenBy(context.task, context.caller) };
  return movesOf(taskTransitions, reading, seen).flatMap((move) => {
    const { action } = move;
    if (!isPersonsAction(action) || !canSucceed(seen, action)) return [];
    return [{ ...move, action, ...codesFor(action, seen) }];
  });
}

/** A move that a fact forbids is not offered where that fact is known; a Task that waits for consent is not sent without. */
function canSucceed(context: TaskContext, action: TaskAction): boolean {
  const { task, referral, need, caller, sending } = context;
  if (action === 'accept') return !isPool(task) || openTaskFor(referral, need, caller.organizationId, task) === null;
  if (action !== 'send') return true;
  if (sending === undefined) return task.state !== 'awaiting-consent';
  const facts = { ...sending, now: context.now, policy: context.policy };
  return chooseRow(taskTransitions, reading, action, requestOf(context, action, {}, facts)).kind === 'row';
}

function codesFor(action: TaskAction, { need }: TaskContext): Pick<LegalMove, 'reasons' | 'outcomes'> {
  if (action === 'complete') return { outcomes: outcomesOf(need.need) };
  return isReasoned(action) ? { reasons: reasonsFor(action) } : {};
}

function isPersonsAction(action: TaskTransition['action']): action is TaskAction {
  return (taskActions as readonly string[]).includes(action);
}

function isReasoned(action: TaskAction): action is TaskAction & ReasonedAction {
  return taskTransitions.some((row) => row.action === action && row.needs.includes('reason'));
}

/** The sender's frozen view, for a caller who is on no other side of the Task. */
function asSeenBy(task: TaskRow, caller: Caller): TaskRow {
  const otherSides = relationsOf(task, caller).filter(
    (relation) => !['sender', 'creator', 'privacy-officer'].includes(relation),
  );
  const isSenders = caller.kind === 'person' && caller.organizationId === task.senderOrganizationId;
  return isSenders && otherSides.length === 0 ? senderView(task) : task;
}
