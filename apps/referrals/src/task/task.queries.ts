import { hasRole, packetScope, readScope, tenantScope, type Actor } from '#access';
import {
  reasons,
  shortOrderOf,
  staffWords,
  type LabelView,
  type QueriedTask,
  type ReasonView,
  type TaskView,
  type ClientId,
  type TaskId,
} from '#contracts';
import { UnitOfWork, type Tx } from '#persistence';
import { NotFound, pageFrom, type Page, type PageAsked } from '#service';
import { isOpen } from '#tracking';
import { Injectable } from '@nestjs/common';
import { readClients, type StoredClient } from '../client/client.rows.ts';
import { agencyLabel, senderLabel } from '../client/label.ts';
import { GateDoor } from '../consent-gate/gate-door.service.ts';
import type { Permission } from '../domain/consent/permission.ts';
import { messagesOf, type MessageRow } from '../message/message.rows.ts';
import { ReadingLog, type ReadingCause } from '../reading/reading-log.service.ts';
import type { Sight } from '../reading/reading.ts';
import { callerOf } from '../stream/caller.ts';
import { permissionFor } from '../domain/consent/consent-fact.ts';
import { DecisionFacts } from '../stream/facts/decision.facts.ts';
import { loadReferral } from '../stream/referral.rows.ts';
import { taskView } from '../referral/task-view.ts';
import { findTask, findTasks, tasksWithAccess, type SeenTask } from '../stream/task.rows.ts';

/** Reads of Tasks: no texts but those of the reader's own side, no client data but a label. */
@Injectable()
export class TaskQueries {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly facts: DecisionFacts,
    private readonly door: GateDoor,
    private readonly readings: ReadingLog,
  ) {}

  one(actor: Actor, taskId: TaskId): Promise<TaskView> {
    return this.unitOfWork.run(readScope(actor), async (tx) => {
      const seen = await findTask(tx, taskId);
      return seen === undefined ? notFound() : this.view(tx, actor, seen, { alone: true });
    });
  }

  messages(
    actor: Actor,
    taskId: TaskId,
    asked: PageAsked<readonly [at: string, id: string]>,
  ): Promise<Page<MessageRow>> {
    return this.unitOfWork.run(tenantScope(actor), async (tx) => {
      const seen = await findTask(tx, taskId);
      if (seen === undefined) throw new NotFound();
      const [at, id] = asked.after ?? [];
      const after = at === undefined || id === undefined ? undefined : { at: String(at), id: String(id) };
      const rows = await messagesOf(tx, taskId, { after, limit: asked.limit + 1 });
      if (rows.length > 0) await this.readings.own(tx, actor, 'messages', [seen.clientId]);
      return pageFrom(
        asked,
        rows,
        (row) => [row.at, row.messageId],
        (row) => row,
      );
    });
  }

  /** Ids that the caller may not see are left out, like unknown ones. */
  query(
    actor: Actor,
    taskIds: readonly TaskId[],
    cause: ReadingCause,
  ): Promise<{ readonly items: readonly QueriedTask[] }> {
    return this.readings.across(readScope(actor), { actor, cause }, async (tx) => {
      const seen = await findTasks(tx, taskIds);
      const views: TaskView[] = [];
      for (const each of seen) views.push(await this.view(tx, actor, each, { alone: false }));
      // Last, so that the gates are held no longer than the labels need.
      const labels = await this.labels(tx, actor, seen);
      const items = views.map(({ taskId, version, state, contact, legalMoves }): QueriedTask => {
        return { taskId, version, state, contact, legalMoves, label: labels.get(taskId)?.label ?? null };
      });
      const order = new Map(taskIds.map((id, index) => [id, index]));
      items.sort((a, b) => (order.get(a.taskId) ?? 0) - (order.get(b.taskId) ?? 0));
      const found = [...labels.values()];
      return {
        answer: { items },
        kind: 'label',
        own: found.flatMap((each) => (each.sight === undefined && each.label !== null ? [each.clientId] : [])),
        across: found.flatMap((each) => each.sight ?? []),
      };
    });
  }

  reasons(): readonly ReasonView[] {
    return reasons.map(({ clientSees: _clientSees, ...reason }) => ({
      ...reason,
      staffWords: staffWords[reason.code],
      shortOrder: shortOrderOf(reason.code),
    }));
  }

  /** Whether a Task can be sent is looked up for a single Task only: a list would hold one client's gate after another. */
  private async view(tx: Tx, actor: Actor, seen: SeenTask, { alone }: { readonly alone: boolean }): Promise<TaskView> {
    await tx.useScope({ kind: 'system', key: seen.referralId });
    const state = await loadReferral(tx, seen.referralId);
    const task = state?.tasks.find((each) => each.taskId === seen.task.taskId);
    if (state === undefined || task === undefined) throw new NotFound();
    const sending = await this.facts.ofSending(tx, state, alone ? [task] : []);
    return taskView(state, task, { caller: callerOf(actor), facts: await this.facts.gather(tx, state, {}), sending });
  }

  /** Client rows come only through the packet scope's open access, and are cut to what consent allows right now. */
  private async labels(tx: Tx, actor: Actor, seen: readonly SeenTask[]): Promise<ReadonlyMap<string, Labelled>> {
    await tx.useScope(packetScope(actor));
    const ofOthers = seen.filter(({ task }) => task.senderOrganizationId !== actor.organizationId);
    const known = await this.door.holdKnown(tx, [...new Set(ofOthers.map((each) => each.clientId))]);
    const clients = await readClients(tx, [...new Set(seen.map((each) => each.clientId))]);
    const held = await tasksWithAccess(
      tx,
      actor.organizationId,
      seen.map((each) => each.task.taskId),
    );
    const now = this.facts.now();
    return new Map(
      seen.map(({ task, clientId }) => {
        const client = clients.get(clientId);
        // The client died: the Task shows no label, although the timer that ends it has not fired yet.
        const isOver = client?.deceased !== undefined && isOpen(task);
        const permissions = isOver ? [] : (known.get(clientId) ?? []);
        const about = { actor, task, now, permissions, holdsAccess: held.has(task.taskId) };
        return [task.taskId, { clientId, ...(client === undefined ? hidden : labelOf(client, about)) }];
      }),
    );
  }
}

interface Labelled extends Label {
  readonly clientId: ClientId;
}

interface Label {
  readonly label: LabelView | null;
  /** Set if another organization's client is shown. */
  readonly sight?: Sight;
}

const hidden: Label = { label: null };

function labelOf(
  client: StoredClient,
  about: {
    readonly actor: Actor;
    readonly task: SeenTask['task'];
    readonly now: string;
    /** None if the present state of consent is not known. */
    readonly permissions: readonly Permission[];
    /** Access that is open for this Task: the access of another Task shows that Task's client, not this one's (contract.md §4.5). */
    readonly holdsAccess: boolean;
  },
): Label {
  const { actor, task, now, permissions, holdsAccess } = about;
  if (actor.organizationId === task.senderOrganizationId) return { label: senderLabel(client) };
  const permission = permissionFor(permissions, actor.organizationId, now);
  if (permission?.categories.includes('core-contact') !== true) return hidden;
  const { taskId, referralId, senderOrganizationId: fromOrganizationId } = task;
  const sight = { clientId: client.clientId, referralId, taskId, fromOrganizationId, permission };
  if (hasRole(actor, 'coordinator') && permission.intermediary) return { label: senderLabel(client), sight };
  // An overseer and a network administrator belong to an organization that may read, but may not read themselves (contract.md §2.1).
  const isAgency =
    actor.organizationId === task.recipientOrganizationId && hasRole(actor, 'intake-worker', 'organization-admin');
  if (!isAgency || !holdsAccess) return hidden;
  return { label: agencyLabel(client, task.packetOpenedAt !== null, now), sight };
}

function notFound(): never {
  throw new NotFound();
}
