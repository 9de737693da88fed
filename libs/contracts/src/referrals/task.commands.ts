import { contactChannels, type ContactChannel } from '../codes/contact-channel.ts';
import { holdStates, type HoldState } from '../codes/hold-state.ts';
import { outcomes, type Outcome } from '../codes/outcome.ts';
import { outputKinds, type OutputKind } from '../codes/output-kind.ts';
import { progressKinds, type ProgressKind } from '../codes/progress-kind.ts';
import { purposes, type Purpose } from '../codes/purpose.ts';
import { reasonCodes, type ReasonCode } from '../codes/reason.ts';
import type { TaskAction } from '../codes/task-action.ts';
import { Code, Flag, Id, Instant, InstantOrDay, Nested, Text } from '../fields.ts';
import type { AttachmentId, HealthcareServiceId, InstantText, PersonId, TaskId } from '../ids.ts';
import { attachmentsMostOpened } from './attachment/attachment.commands.ts';
import { Detail } from './referral.commands.ts';

/** The bodies of `POST /tasks/:id/<action>` (contract.md §2.2); the shell stores texts, and they never reach the domain. */
export class NoFields {}

export class AskTask {
  @Text() readonly question!: string;
}

export class ReplyTask {
  @Text() readonly reply!: string;
  @Nested(() => Detail, { list: true, max: 20, optional: true }) readonly details?: readonly Detail[];
}

export class AcceptTask {
  @Id() readonly ownerId!: PersonId;
  @Instant({ optional: true, window: 'planned' }) readonly expectedBy?: InstantText;
}

/**
 * decline, not-complete, withdraw, mark-error. `note` is required with a reason whose entry in `/reasons` says
 * `needsText`.
 */
export class ReasonedTask {
  @Code(reasonCodes) readonly reason!: ReasonCode;
  @Text({ optional: true }) readonly note?: string;
}

export class ReturnDecline {
  @Text() readonly note!: string;
}

export class RedirectTask {
  @Id() readonly healthcareServiceId!: HealthcareServiceId;
  @Code(reasonCodes) readonly reason!: ReasonCode;
  @Text({ optional: true }) readonly note?: string;
}

/** `channel` and `reached` are required for contact-attempted. */
export class ProgressTask {
  @Code(progressKinds) readonly kind!: ProgressKind;
  @Instant({ window: 'sensible' }) readonly at!: InstantText;
  @Code(contactChannels, { optional: true }) readonly channel?: ContactChannel;
  @Flag({ optional: true }) readonly reached?: boolean;
  @Text({ optional: true }) readonly note?: string;
}

export class HoldTask {
  @Code(holdStates.filter((each) => each !== 'consent-suspended'))
  readonly subState!: Exclude<HoldState, 'consent-suspended'>;
  @InstantOrDay({ window: 'planned' }) readonly reviewOn!: InstantText;
  @Text({ optional: true }) readonly note?: string;
}

export class ResumeTask {
  @Text({ optional: true }) readonly note?: string;
}

export class TaskOutput {
  @Code(outputKinds) readonly kind!: OutputKind;
  @Instant({ window: 'happened' }) readonly at!: InstantText;
}

/** `outcome`: one that belongs to the Task's need; the legal move `complete` lists them as `outcomes`. */
export class CompleteTask {
  @Code(outcomes) readonly outcome!: Outcome;
  @Nested(() => TaskOutput, { list: true, min: 1, max: 20 }) readonly outputs!: readonly TaskOutput[];
  @Text({ optional: true }) readonly note?: string;
}

export class AssignTask {
  @Id() readonly ownerId!: PersonId;
}

export class ReopenTask {
  @Code(reasonCodes) readonly reason!: ReasonCode;
  @Text({ optional: true }) readonly note?: string;
  @Id({ optional: true }) readonly healthcareServiceId?: HealthcareServiceId;
}

export const taskCommands = {
  send: NoFields,
  acknowledge: NoFields,
  ask: AskTask,
  reply: ReplyTask,
  accept: AcceptTask,
  decline: ReasonedTask,
  'approve-decline': NoFields,
  'return-decline': ReturnDecline,
  'take-back-decline': NoFields,
  pick: NoFields,
  redirect: RedirectTask,
  progress: ProgressTask,
  hold: HoldTask,
  resume: ResumeTask,
  complete: CompleteTask,
  'not-complete': ReasonedTask,
  withdraw: ReasonedTask,
  'confirm-withdrawal': NoFields,
  assign: AssignTask,
  reopen: ReopenTask,
  'mark-error': ReasonedTask,
} as const satisfies Record<TaskAction, new () => object>;

/** `attachmentIds`: those whose bytes are requested; the packet lists the others without bytes. */
export class OpenPacket {
  @Code(purposes) readonly purpose!: Purpose;
  @Id({ list: true, max: attachmentsMostOpened, optional: true }) readonly attachmentIds?: readonly AttachmentId[];
}

export class QueryTasks {
  @Id({ list: true, min: 1, max: 100 }) readonly taskIds!: readonly TaskId[];
}
