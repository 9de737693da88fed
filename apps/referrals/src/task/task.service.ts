import { readScope, type Actor } from '#access';
import type { AskTask, ReplyTask, TaskAction, TaskView, MessageId, TaskId } from '#contracts';
import type { Tx } from '#persistence';
import { CommandRunner, Invalid, NotFound, type Answer, type CommandRequest, type CommandResult } from '#service';
import { senderView } from '#tracking';
import { Injectable } from '@nestjs/common';
import { ReferralStream } from '../stream/referral-stream.ts';
import { writeDetails, writeMessage } from '../message/message.rows.ts';
import { newInformationFor } from '../domain/system/new-information.ts';
import { callerOf } from '../stream/caller.ts';
import { DecisionFacts } from '../stream/facts/decision.facts.ts';
import { wantedByAction } from '../stream/facts/wanted-facts.ts';
import { commandResult, type Step } from '../stream/step.ts';
import { formFaults, type ReferralState, type TaskRow } from '../domain/referral.ts';
import { dataOf, type TaskBody } from './request-data.ts';
import { taskView } from '../referral/task-view.ts';
import { findClaimedByAnother, findTask, type SeenTask } from '../stream/task.rows.ts';

/** Every action of contract.md §2.2 takes one path: lock, load, facts, decide, record. */
@Injectable()
export class TaskService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly facts: DecisionFacts,
    private readonly stream: ReferralStream,
  ) {}

  do(request: CommandRequest, taskId: TaskId, action: TaskAction, body: TaskBody): Promise<Answer> {
    const { actor } = request;
    const texts = textsOf(body);
    const messageId = texts.length > 0 ? this.facts.newId() : undefined;
    const data = dataOf(action, body, messageId);
    const faults = formFaults(action, data, this.facts.now());
    // The form is checked before anything is looked up (contract.md §1, order of checks).
    if (faults.length > 0) throw new Invalid(faults);
    return this.commands.run<SeenTask>({
      request,
      scope: readScope(actor),
      find: (tx) => findFor(tx, actor, taskId, action),
      key: (found) => found.referralId,
      work: async (tx, _found, stream) => {
        const decided = await this.stream.decide(tx, stream, request, {
          command: () => ({ type: 'task', caller: callerOf(actor), taskId, action, data }),
          wanted: (state) => {
            const task = taskIn(state, taskId);
            return wantedByAction(action, data, { task, need: needOf(task, state) });
          },
        });
        if (decided.kind === 'refused') return decided;
        const { before, facts } = decided;
        const task = taskIn(before, taskId);
        await this.writeTexts(tx, { request, before, task, texts, messageId, body, at: facts.now });
        const shown = shownTask(action, taskId, before, decided.after);
        const view: TaskView = taskView(decided.after, shown, { caller: callerOf(actor), facts });
        return {
          ...commandResult(
            { ...decided, timers: [...decided.timers, ...newInformationTimers(body, task, decided)] },
            view,
          ),
          status: action === 'reopen' ? 201 : 200,
          version: seenBy(actor, decided.after, shown).version,
          current: seenBy(actor, before, task),
          ...(action === 'reopen' ? { location: `/api/referrals/tasks/${shown.taskId}` } : {}),
        } satisfies CommandResult;
      },
    });
  }

  private async writeTexts(
    tx: Tx,
    about: {
      readonly request: CommandRequest;
      readonly before: ReferralState;
      readonly task: TaskRow;
      readonly texts: readonly Text[];
      readonly messageId: MessageId | undefined;
      readonly body: TaskBody;
      readonly at: string;
    },
  ): Promise<void> {
    const { before, task, request, at } = about;
    const [text] = about.texts;
    if (text === undefined || about.messageId === undefined) return;
    const common = {
      referralId: before.referralId,
      serviceRequestId: task.serviceRequestId,
      clientId: before.clientId,
    };
    await writeMessage(tx, {
      ...common,
      messageId: about.messageId,
      taskId: task.taskId,
      authorOrganizationId: request.actor.organizationId,
      senderOrganizationId: before.senderOrganizationId,
      side: request.actor.organizationId === task.recipientOrganizationId ? 'agency' : 'sender',
      kind: text.kind,
      text: text.text,
      at,
    });
    const details = (about.body as ReplyTask).details ?? [];
    await writeDetails(
      tx,
      details.map((detail) => ({
        ...common,
        ...detail,
        detailId: this.facts.newId(),
        ownerOrganizationId: before.senderOrganizationId,
        at,
      })),
    );
  }
}

/** The Task that the actor sees. An eligible agency also finds a pool's Task that another one has just claimed. */
async function findFor(tx: Tx, actor: Actor, taskId: TaskId, action: TaskAction): Promise<SeenTask | undefined> {
  const seen = await findTask(tx, taskId);
  if (seen !== undefined || action !== 'accept') return seen;
  const late = await findClaimedByAnother(tx, taskId, actor.organizationId);
  await tx.useScope(readScope(actor));
  return late;
}

interface Text {
  readonly kind: 'question' | 'reply' | 'note';
  readonly text: string;
}

function textsOf(body: TaskBody): readonly Text[] {
  const { question, reply, note } = body as Partial<AskTask & ReplyTask & { note: string }>;
  if (question !== undefined) return [{ kind: 'question', text: question }];
  if (reply !== undefined) return [{ kind: 'reply', text: reply }];
  return note === undefined ? [] : [{ kind: 'note', text: note }];
}

function taskIn(state: ReferralState, taskId: TaskId): TaskRow {
  const task = state.tasks.find((each) => each.taskId === taskId);
  if (task === undefined) throw new NotFound();
  return task;
}

function needOf(task: TaskRow, state: ReferralState): ReferralState['needs'][number] {
  const need = state.needs.find((each) => each.serviceRequestId === task.serviceRequestId);
  if (need === undefined) throw new Error('the Task has no need');
  return need;
}

/** The details of a reply belong to the need, so other agencies that read its packet are notified of new information. */
function newInformationTimers(body: TaskBody, task: TaskRow, { after }: Step): Step['timers'] {
  const categories = [...new Set((body as Partial<ReplyTask>).details?.map((detail) => detail.category))];
  const others = after.tasks.filter(
    (each) => each.serviceRequestId === task.serviceRequestId && each.taskId !== task.taskId,
  );
  return categories.flatMap((category) => newInformationFor(others, [category]));
}

/** The Task that the answer shows: the one acted on; after `reopen` the new one. */
function shownTask(action: TaskAction, taskId: TaskId, before: ReferralState, after: ReferralState): TaskRow {
  const known = new Set(before.tasks.map((each) => each.taskId));
  const found = after.tasks.find((each) => (action === 'reopen' ? !known.has(each.taskId) : each.taskId === taskId));
  if (found === undefined) throw new Error('the Task of the command is not in the state after it');
  return found;
}

/** The Task as this actor knows it: a sender with a frozen view sends the version that it last saw. */
function seenBy(
  actor: Actor,
  state: ReferralState,
  task: TaskRow,
): { readonly version: number; readonly state: string } {
  const { version, state: seen } = actor.organizationId === state.senderOrganizationId ? senderView(task) : task;
  return { version, state: seen };
}
