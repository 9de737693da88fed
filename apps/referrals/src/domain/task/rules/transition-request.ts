import type { InstantText, OrganizationId } from '#contracts';
import type { Caller, Facts, Policy, ServiceFact, TaskActionData } from '../../model/command.ts';
import type { NeedRow, ReferralState, TaskRow } from '../../model/state.ts';
import type { TaskTransition } from '../table/task.transitions.ts';

/** What would decide a sending now: the Task's service, or those of its pool, with what consent says. */
export type SendingFacts = Pick<Facts, 'service' | 'consent' | 'eligible'>;

/** The facts that are at hand whenever legal moves are listed. `sending`: looked up only for Tasks that may be sent. */
export interface LegalMoveFacts {
  readonly now: InstantText;
  readonly policy: Policy;
  readonly sending?: SendingFacts;
  readonly clientDied?: boolean;
}

/** A Task, what surrounds it, and who looks at it: enough to say what is legal. */
export interface TaskContext extends LegalMoveFacts {
  readonly referral: ReferralState;
  readonly task: TaskRow;
  readonly need: NeedRow;
  readonly caller: Caller;
}

/** An action that somebody requests, with its data and the facts that were looked up. */
export interface TransitionRequest extends TaskContext {
  readonly action: TaskTransition['action'];
  readonly data: TaskActionData;
  readonly facts: Omit<Facts, 'newId'>;
}

/** A transition request as an effect gets it: its events may need new ids. */
export interface EffectInput extends TransitionRequest {
  readonly facts: Facts;
}

export function isPool(task: TaskRow): boolean {
  return task.assignment === 'pool' && task.recipientOrganizationId === null;
}

/** The service that the move is about: the Task's own, or the one that is named. null where the directory has none such. */
export function serviceOf({ task, data, facts, action }: TransitionRequest): ServiceFact | null {
  const wanted = action === 'redirect' || action === 'reopen' ? data.healthcareServiceId : task.healthcareServiceId;
  return facts.service?.healthcareServiceId === wanted ? (facts.service ?? null) : null;
}

/** The organization that the Task, or the new Task that comes of the move, is offered to; null for a pool. */
export function targetOrganization(request: TransitionRequest): OrganizationId | null {
  const { action, caller, data, task } = request;
  if (action === 'accept') return caller.organizationId;
  const named = action === 'redirect' || (action === 'reopen' && data.healthcareServiceId !== undefined);
  return named ? (serviceOf(request)?.organizationId ?? null) : task.recipientOrganizationId;
}
