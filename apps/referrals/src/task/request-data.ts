import type { MessageId, TaskAction, taskCommands, TaskOutput } from '#contracts';
import type { TaskActionData } from '../domain/referral.ts';
import { saysSomething } from '../domain/task/rules/reason.ts';
import { fieldsOfAction, type FieldOfAction } from '../domain/task/table/field-of-action.ts';
import type { Field } from '../domain/task/table/task.transitions.ts';

type BodyOf<Action extends TaskAction> = InstanceType<(typeof taskCommands)[Action]>;
type None<Names extends never> = Names;

/** The body of any action. */
export type TaskBody = BodyOf<TaskAction>;

/** Fields of requests that no row of their action names. There must be none: a new one is a type error here. */
export type Unlisted = None<
  | { [Action in TaskAction]: Exclude<keyof BodyOf<Action>, FieldOfAction<Action>> }[TaskAction]
  | Exclude<keyof TaskOutput, keyof NonNullable<TaskActionData['outputs']>[number]>
>;

type ValueOf<Name extends Field, Body = TaskBody> = Body extends unknown
  ? Name extends keyof Body
    ? Body[Name]
    : never
  : never;
/** A body of any action: each field may be absent, and has its type if present. */
type AnyBody = { readonly [Name in Field]?: ValueOf<Name> };

/** How each field enters the domain. A text stays outside: the domain gets its id, or only whether it is blank. */
const enters: { readonly [Name in Field]: (body: AnyBody, messageId: MessageId | undefined) => TaskActionData } = {
  question: (_body, messageId) => ({ messageId }),
  reply: (_body, messageId) => ({ messageId }),
  details: () => ({}),
  note: ({ note }) => ({ hasNote: saysSomething(note) }),
  reason: ({ reason }) => ({ reason }),
  ownerId: ({ ownerId }) => ({ ownerId }),
  expectedBy: ({ expectedBy }) => ({ expectedBy }),
  healthcareServiceId: ({ healthcareServiceId }) => ({ healthcareServiceId }),
  kind: ({ kind }) => ({ kind }),
  at: ({ at }) => ({ at }),
  channel: ({ channel }) => ({ channel }),
  reached: ({ reached }) => ({ reached }),
  subState: ({ subState }) => ({ subState }),
  reviewOn: ({ reviewOn }) => ({ reviewOn }),
  outcome: ({ outcome }) => ({ outcome }),
  outputs: ({ outputs }) => ({ outputs: outputs?.map(({ kind, at }) => ({ kind, at })) }),
};

/**
 * The part of a request that enters the domain: the fields that the rows of its action name, and nothing else.
 * `messageId`: the id of the text of the request, if it has one.
 */
export function dataOf(action: TaskAction, body: TaskBody, messageId?: MessageId): TaskActionData {
  const given: AnyBody = body;
  return Object.assign({}, ...fieldsOfAction(action).map((field) => enters[field](given, messageId))) as TaskActionData;
}
