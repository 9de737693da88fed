import type { ServiceRequestId, TaskId } from '#contracts';
import { accepted, assertNever, refused, type Refusal } from '#decider';
import { reportContact } from './lifecycle/contact-change.ts';
import { reviewConsent } from './system/review-consent.ts';
import { tellNewInformation } from './system/new-information.ts';
import { openPacket } from './packet/open-packet.ts';
import { addAttachment, removeAttachment } from './attachment/attaching.ts';
import type { CommandWithFacts, FactsFor } from './facts-of-command.ts';
import type { ReferralCommand } from './model/command.ts';
import type { KnownFacts } from './model/facts.ts';
import { endForDeath, undoDeath, withDeath } from './lifecycle/death.ts';
import { addNeed, changeReferral, createReferral, withdrawReferral } from './lifecycle/lifecycle.ts';
import { isBy, type LegalMoveFacts, type TaskContext, type TaskContextBy } from './task/rules/transition-request.ts';
import { guardRefused, notFound, roleRefused, type ReferralDecision } from './model/refusal.ts';
import { sendReferral } from './lifecycle/send-referral.ts';
import { offerNeed, settleNeed } from './lifecycle/settle-need.ts';
import { closing, settlements } from './lifecycle/roll-up.ts';
import { proposeReroute, unmetToPropose } from './reroute/reroute.ts';
import { unfold, type Place, type Unfolding } from './evolve/unfold.ts';
import type { NeedRow, ReferralState } from './model/state.ts';
import { moveTask, refusalOf, taskContextOf } from './task/task.ts';
import { recordDelivery } from './system/record-delivery.ts';
import { fireTimer } from './system/fire-timer.ts';

export type * from './facts-of-command.ts';
export type * from './model/command.ts';
export type * from './model/facts.ts';
export type * from './model/state.ts';
export { evolve, type Happened } from './evolve/referral.fold.ts';
export { formFaults, legalMoves } from './task/task.ts';

type OnTask = Exclude<Extract<CommandWithFacts, { readonly taskId: TaskId }>, { readonly type: 'offer-need' }>;

/** What a command comes to: events with the state that they lead to, or a refusal with the caller's legal moves. */
export type Decided =
  ({ readonly kind: 'accepted' } & Unfolding) | { readonly kind: 'refused'; readonly refusal: Refusal };

/**
 * The one door of the whole referral stream. `state` null: a stream that was never written. Whatever a command did, the
 * roll-up of needs and referral is part of its answer. Each event is folded once, with the version it will have.
 * `facts`: those that the command names (`FactsOf`); a command without one of them does not compile.
 */
export function decideAndFold<Command extends ReferralCommand>(
  state: ReferralState | null,
  command: Command,
  facts: FactsFor<Command>,
  stream: Omit<Place, 'at'>,
): Decided {
  const answer = ruling(state, { ...command, facts } as CommandWithFacts);
  if (answer.kind === 'refused') return answer;
  if (state !== null && answer.events.length === 0) return { kind: 'accepted', state, events: [] };
  const place = { ...stream, at: facts.now };
  const before = state === null ? ({ state, events: [] } as const) : { state, events: [] };
  const own = unfold(before, withDeath(state, answer.events, command.caller, facts), place);
  const settled = unfold(own, settlements(own.state), place);
  return { kind: 'accepted', ...unfold(settled, closing(settled.state), place) };
}

function ruling(state: ReferralState | null, command: CommandWithFacts): ReferralDecision {
  const { caller } = command;
  if (command.type === 'create-referral') return createReferral(state, command, command);
  if (state === null) return notFound(null, command.type, 'referral', '');
  if (isOnTask(command)) return onTask(state, command);
  switch (command.type) {
    case 'change-referral':
      return changeReferral(state, command, caller, command.facts);
    case 'add-need':
      return addNeed(state, command, caller, command.facts);
    case 'withdraw-referral':
      return withdrawReferral(state, command, caller, command.facts);
    case 'send-referral':
      return sendReferral(state, caller, command.facts);
    case 'end-for-death':
      return endForDeath(state, caller, command.facts);
    case 'undo-death':
      return undoDeath(state, command, caller, command.facts);
    case 'tell-contact':
      return reportContact(state, caller, command.facts);
    case 'add-attachment':
      return addAttachment(state, command, caller);
    case 'remove-attachment':
      return removeAttachment(state, command, caller);
    case 'offer-need':
      return onNeed(state, command, (need) => offerNeed(state, need, command, command));
    case 'settle-need':
      return onNeed(state, command, (need) => settleNeed(state, need, command, caller));
    case 'propose-reroute':
      return onNeed(state, command, (need) => proposing(state, need, command));
    default:
      return assertNever(command);
  }
}

/** An offer names the Task that it is to make. */
function isOnTask(command: CommandWithFacts): command is OnTask {
  return 'taskId' in command && command.type !== 'offer-need';
}

function onTask(state: ReferralState, command: OnTask): ReferralDecision {
  const context = taskContextOf(state, command.taskId, command.caller, legalMoveFactsOf(command));
  if (context === undefined) return notFound(state, command.type, 'task', command.taskId);
  switch (command.type) {
    case 'task':
      return moveTask(context, command.action, command.data, command.facts);
    case 'review-consent':
      return bySystem(context, command, (system) => reviewConsent(system, command.facts));
    case 'record-delivery':
      return bySystem(context, command, () => accepted(recordDelivery(context.task)));
    case 'tell-new-information':
      return bySystem(context, command, () => accepted(tellNewInformation(context, command, command.facts)));
    case 'fire-timer':
      return fireTimer(context, command, command.facts);
    case 'open-packet':
      return openPacket(context, command);
    default:
      return assertNever(command);
  }
}

/** Of the facts of a sending, and of no other move, is known whether the Task may be sent. */
function legalMoveFactsOf(command: OnTask): LegalMoveFacts {
  const { now, policy, clientDied }: KnownFacts = command.facts;
  const known = { now, policy, clientDied };
  return command.type === 'task' && command.action === 'send' ? { ...known, sending: command.facts } : known;
}

function bySystem(
  context: TaskContext,
  { type }: OnTask,
  answer: (context: TaskContextBy<'system'>) => ReferralDecision,
): ReferralDecision {
  return isBy(context, 'system') ? answer(context) : refused({ ...refusalOf(context, type), code: 'role' });
}

function proposing(
  state: ReferralState,
  need: NeedRow,
  command: Extract<CommandWithFacts, { readonly type: 'propose-reroute' }>,
): ReferralDecision {
  const { facts } = command;
  if (command.caller.kind !== 'system') return roleRefused(state, command.type);
  const { clientId } = state;
  if (facts.clientDied) return guardRefused(state, command.type, 'clientIsAlive', { clientId });
  const unmet = unmetToPropose(state, need, command.afterTaskId);
  if (unmet !== null) return guardRefused(state, command.type, unmet.guard, unmet.facts);
  const afterTask = state.tasks.find((each) => each.taskId === command.afterTaskId);
  if (afterTask === undefined) return notFound(state, command.type, 'task', command.afterTaskId);
  return proposeReroute(state, need, afterTask, facts);
}

function onNeed(
  state: ReferralState,
  { type, serviceRequestId }: { readonly type: string; readonly serviceRequestId: ServiceRequestId },
  answer: (need: NeedRow) => ReferralDecision,
): ReferralDecision {
  const need = state.needs.find((each) => each.serviceRequestId === serviceRequestId);
  return need === undefined ? notFound(state, type, 'service-request', serviceRequestId) : answer(need);
}
