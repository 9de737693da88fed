import type {
  TaskAction,
  TaskDelivered,
  TaskDrafted,
  TaskEscalated,
  TaskEvent,
  TaskInformationChanged,
  TaskPoolChanged,
  TaskReturnPathChanged,
  TaskState,
  TaskTimerMoved,
} from '#contracts';
import type { TransitionRow } from '#decider';
import type { FactName } from '../../model/facts.ts';
import type { Relation } from './relation.ts';
import type { Condition, Field, GuardName, GuardOver } from './words.ts';

/** Moves that no person asks for: the platform makes them when consent or time says so. */
export type SystemAction = 'suspend' | 'restore' | 'expire';

/** Events that a move emits first; the others follow from them or come from the platform. */
export type Emitted = Exclude<
  TaskEvent,
  | (TaskDrafted | TaskDelivered | TaskEscalated | TaskReturnPathChanged)
  | (TaskTimerMoved | TaskPoolChanged | TaskInformationChanged)
>['type'];

export interface TaskWords {
  readonly state: TaskState;
  readonly action: TaskAction | SystemAction;
  readonly actor: Relation;
  readonly field: Field;
  readonly condition: Condition;
  readonly guard: GuardName;
  readonly event: Emitted;
}

/** A row of the table. `facts`: what its guards and its effect read beside the Task, and so what is looked up for it. */
export interface TaskTransition extends TransitionRow<TaskWords> {
  readonly facts: readonly FactName[];
}

/** A row as its own columns type it: by them guards, effects and the facts of a caller are checked. */
export interface Row<
  Action extends TaskTransition['action'],
  From extends TaskState,
  By extends Relation,
  Needed extends Field,
  Optional extends Field,
  Fact extends FactName,
  Event extends Emitted,
> extends TaskTransition {
  readonly action: Action;
  readonly from: readonly From[];
  readonly actors: readonly By[];
  readonly needs: readonly Needed[];
  readonly optional: readonly Optional[];
  readonly facts: readonly Fact[];
  readonly emits: Event;
}

interface Columns<
  From extends TaskState,
  By extends Relation,
  Needed extends Field,
  Optional extends Field,
  Fact extends FactName,
> {
  readonly from: readonly From[];
  readonly by: readonly By[];
  readonly when?: TaskTransition['when'];
  readonly needs?: readonly Needed[];
  readonly optional?: readonly Optional[];
  readonly facts?: readonly Fact[];
  readonly guards?: readonly GuardOver<NoInfer<Fact>>[];
}

/** `row(number of domain.md, action, columns, event that it emits, to)`. A guard whose facts are not named does not compile. */
export function row<
  Action extends TaskTransition['action'],
  Event extends Emitted,
  From extends TaskState,
  By extends Relation,
  Needed extends Field = never,
  Optional extends Field = never,
  Fact extends FactName = never,
>(
  number: number,
  action: Action,
  columns: Columns<From, By, Needed, Optional, Fact>,
  emits: { readonly type: Event },
  to: TaskTransition['to'],
): Row<Action, From, By, Needed, Optional, Fact, Event> {
  const { from, by, when = [], needs = [], optional = [], facts = [], guards = [] } = columns;
  return { number, action, from, actors: by, when, needs, optional, facts, guards, emits: emits.type, to };
}
