import type { MessageId, TaskAction, taskCommands, TaskOutput } from '#contracts';
import type { TaskActionData } from '../domain/referral.ts';
import { saysSomething } from '../domain/task/rules/reason.ts';
import { fieldsOfAction, type FieldOfAction } from '../domain/task/table/field-of-action.ts';
import type { Field } from '../domain/task/table/task.transitions.ts';

type BodyOf<Action extends TaskAction> = InstanceType<(typeof taskCommands)[Action]>;
type None<Names extends never> = Names;

/** The body of any action. */
export type TaskBody = BodyOf<TaskAction>;

/** Fields of requests that no row of their action names. There are none: a new one stands here as a type error. */
export type Unlisted = None<
  | { [Action in TaskAction]: Exclude<keyof BodyOf<Action>, FieldOfAction<Action>> }[TaskAction]
  | Exclude<keyof TaskOutput, keyof NonNullable<TaskActionData['outputs']>[number]>
>;

type ValueOf<Name extends Field, Body = TaskBody> = Body extends unknown
  ? Name extends keyof Body
    ? Body[Name]
    : never
  : never;
/** A body of which nothing is known but what its fields are where it has them. */
type AnyBody = { readonly [Name in Field]?: ValueOf<Name> };

/** How each field enters the domain. A text stays outside, which gets its id, or only learns that it says something. */
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
 * What of a request the domain gets: the fields that the rows of its action name, and nothing else of the body.
 * `messageId`: the id of the text that comes with it, where there is one.
 */
export function dataOf(action: TaskAction, body: TaskBody, messageId?: MessageId): TaskActionData {
  const given: AnyBody = body;
  return Object.assign({}, ...fieldsOfAction(action).map((field) => enters[field](given, messageId))) as TaskActionData;
}
