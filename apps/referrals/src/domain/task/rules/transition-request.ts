import type { InstantText, OrganizationId, TaskState } from '#contracts';
import type { Caller, TaskActionData } from '../../model/command.ts';
import type { FactName, Facts, FactsWith, LookedUp, Policy, ServiceFact } from '../../model/facts.ts';
import type { NeedRow, ReferralState, TaskRow } from '../../model/state.ts';
import type { TaskIn } from '../../model/task-in-state.ts';
import type { Relation } from '../table/relation.ts';
import type { TaskTransition, TypedRow } from '../table/task.transitions.ts';
import type { DataWith, Field } from '../table/words.ts';

type Action = TaskTransition['action'];

/** What would decide a sending now: the Task's service, or those of its pool, with what consent says. */
export type SendingFacts = Pick<LookedUp, 'service' | 'consent' | 'eligible'>;

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

/** The same, looked at by a caller of this kind: the platform itself has moves of its own. */
export type TaskContextBy<Kind extends Caller['kind']> = TaskContext & { readonly caller: { readonly kind: Kind } };

export function isBy<Kind extends Caller['kind']>(context: TaskContext, kind: Kind): context is TaskContextBy<Kind> {
  return context.caller.kind === kind;
}

/** An action that somebody requests, with its data, not checked yet, and the facts that its rows name. */
export interface TransitionRequest<Name extends FactName = FactName> extends TaskContext {
  readonly action: Action;
  readonly data: TaskActionData;
  readonly facts: Pick<FactsWith<Name>, Exclude<keyof FactsWith<Name>, 'newId' | 'clientDied'>>;
}

type FactsOfRow<AnyRow, By> = AnyRow extends {
  readonly actors: readonly (infer Actor)[];
  readonly facts: readonly (infer Fact)[];
}
  ? [Extract<Actor, By>] extends [never]
    ? never
    : Fact
  : never;

/** The names of the facts that an action's rows read where somebody in one of these relations takes it. */
export type FactsOfMove<Taken extends Action, By extends Relation = Relation> = Extract<
  FactsOfRow<Extract<TypedRow, { readonly action: Taken }>, By>,
  FactName
>;

/** The relations of a caller who is the platform itself, or who is not. */
export type RelationOf<Kind extends Caller['kind']> = Kind extends 'system' | 'timer'
  ? Kind
  : Exclude<Relation, 'system' | 'timer'>;

type InputOfRow<AnyRow> = AnyRow extends {
  readonly action: infer Taken;
  readonly from: readonly (infer From)[];
  readonly actors: readonly (infer As)[];
  readonly needs: readonly (infer Needed)[];
  readonly optional: readonly (infer Optional)[];
  readonly facts: readonly (infer Fact)[];
}
  ? TaskContext & {
      readonly action: Taken;
      /** In a state from which the row leads. */
      readonly task: TaskIn<Extract<From, TaskState>>;
      /** In which relation the caller takes it. */
      readonly as: As;
      readonly data: DataWith<Extract<Needed, Field>, Extract<Optional, Field>>;
      readonly facts: FactsWith<Extract<Fact, FactName>>;
    }
  : never;

/** What the effect of an event gets: an input for each row that emits it, with the data and the facts that the row names. */
export type EffectInput<Event extends TaskTransition['emits'] = TaskTransition['emits']> = InputOfRow<
  Extract<TypedRow, { readonly emits: Event }>
>;

export function isPool(task: TaskRow): boolean {
  return task.assignment === 'pool' && task.recipientOrganizationId === null;
}

/** A move that may be about a service. */
export interface MoveAboutService extends Pick<TransitionRequest, 'action' | 'task' | 'data'> {
  readonly facts: Pick<Facts, 'service'>;
}

/** The service that the move is about: the Task's own, or the one that is named. null where the directory has none such. */
export function serviceOf({ task, data, facts, action }: MoveAboutService): ServiceFact | null {
  const wanted = action === 'redirect' || action === 'reopen' ? data.healthcareServiceId : task.healthcareServiceId;
  return facts.service?.healthcareServiceId === wanted ? facts.service : null;
}

/** The organization that the Task, or the new Task that comes of the move, is offered to; null for a pool. */
export function targetOrganization(request: MoveAboutService & Pick<TaskContext, 'caller'>): OrganizationId | null {
  const { action, caller, data, task } = request;
  if (action === 'accept') return caller.organizationId;
  const named = action === 'redirect' || (action === 'reopen' && data.healthcareServiceId !== undefined);
  return named ? (serviceOf(request)?.organizationId ?? null) : task.recipientOrganizationId;
}
