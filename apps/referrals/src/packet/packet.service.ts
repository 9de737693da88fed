import { eventActor, packetScope, readScope, type Actor } from '#access';
import type {
  Category,
  Direction,
  ClientDataView,
  OpenPacket,
  PacketAttachment,
  PacketView,
  Purpose,
} from '#contracts';
import { EventLog } from '#events';
import { UnitOfWork, type Tx } from '#persistence';
import { NotFound } from '#service';
import { Injectable } from '@nestjs/common';
import { leastRequired } from '../domain/access/access.ts';
import { readFiles, readBytes } from '../attachment/attachment.rows.ts';
import { released } from '../domain/attachment/attachment.ts';
import { contactRule, reachableOnly } from '../domain/model/contact.ts';
import { readClients, readNeedTexts, type StoredClient } from '../client/client.rows.ts';
import { GateDoor } from '../consent-gate/gate-door.service.ts';
import { holdsNow, type Permission } from '../consent-gate/gate.ts';
import { serviceFacts } from '../replica/replica.rows.ts';
import { messagesOf } from '../message/message.rows.ts';
import { callerOf } from '../stream/caller.ts';
import { DecisionFacts, permissionFor } from '../stream/decision.facts.ts';
import { loadReferral } from '../stream/referral.rows.ts';
import { step } from '../stream/step.ts';
import type { ReferralState, TaskRow } from '../domain/referral.ts';
import { findTask } from '../stream/task.rows.ts';
import { allowedCategories, cutPacket, noticesFor } from './packet.ts';

interface Opening {
  readonly actor: Actor;
  readonly state: ReferralState;
  readonly task: TaskRow;
  readonly direction: Direction;
  readonly purpose: Purpose;
  readonly permission: Permission;
  readonly categories: readonly Category[];
  readonly disclosureId: string;
  /** Attachments whose bytes are asked for. */
  readonly attachmentIds: readonly string[];
}

/**
 * The only door for client data across organizations (contract.md §4.7). The fact is committed to the log before the
 * caller gets the body; every refusal that is about consent or access is the same 404.
 */
@Injectable()
export class PacketService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly log: EventLog,
    private readonly door: GateDoor,
    private readonly facts: DecisionFacts,
  ) {}

  async open(
    actor: Actor,
    taskId: string,
    asked: OpenPacket,
    cause: { readonly correlationId: string; readonly traceparent: string | null },
  ): Promise<PacketView> {
    return this.unitOfWork.run(readScope(actor), async (tx) => {
      const seen = await findTask(tx, taskId);
      if (seen === undefined) throw new NotFound();
      const version = await this.log.lockStream(tx, seen.referralId);
      await tx.useScope({ kind: 'system', key: seen.referralId });
      const opening = await this.mayOpen(tx, { actor, taskId, ...asked, referralId: seen.referralId });
      const packet = await this.readAndRecord(tx, opening, { version, ...cause });
      return packet;
    });
  }

  private async mayOpen(
    tx: Tx,
    asked: OpenPacket & { readonly actor: Actor; readonly taskId: string; readonly referralId: string },
  ): Promise<Opening> {
    const { actor, purpose, attachmentIds = [] } = asked;
    const state = await loadReferral(tx, asked.referralId);
    const task = state?.tasks.find((each) => each.taskId === asked.taskId);
    if (state === undefined || task === undefined) throw new NotFound();
    const permissions = await this.door.hold(tx, state.clientId);
    const now = this.facts.now();
    const direction: Direction = actor.organizationId === state.senderOrganizationId ? 'return' : 'send';
    const template = await templateOf(tx, task);
    const permission =
      direction === 'send'
        ? hasOpenAccess(state, task, actor)
          ? permissionFor(permissions, actor.organizationId, now, purpose)
          : undefined
        : returnPermission(task, permissions, purpose, now);
    const categories = allowedCategories(permission, template);
    if (permission === undefined || categories === undefined) throw new NotFound();
    const disclosureId = this.facts.newId();
    return { actor, state, task, direction, purpose, permission, categories, disclosureId, attachmentIds };
  }

  private async readAndRecord(
    tx: Tx,
    opening: Opening,
    cause: { readonly version: number; readonly correlationId: string; readonly traceparent: string | null },
  ): Promise<PacketView> {
    const { actor, state, task, direction, purpose, permission, categories, disclosureId, attachmentIds } = opening;
    const noticeCodes = direction === 'return' ? (['return-path'] as const) : noticesFor(categories);
    const facts = await this.facts.gather(tx, state, {});
    const by = eventActor(actor);
    const decided = step(
      state,
      {
        type: 'open-packet',
        caller: callerOf(actor),
        taskId: task.taskId,
        direction,
        disclosureId,
        readerOrganizationId: actor.organizationId,
        categories,
        consentIds: permission.consentIds,
        noticeCodes,
        purpose,
        attachmentIds,
      },
      facts,
      { version: cause.version, actor: by },
    );
    if (decided.kind === 'refused') throw new NotFound();
    await tx.useScope(packetScope(actor));
    const parts = await readParts(tx, opening);
    await tx.useScope({ kind: 'system', key: state.referralId });
    await this.log.record(tx, {
      key: state.referralId,
      version: cause.version,
      now: facts.now,
      actor: by,
      correlationId: cause.correlationId,
      traceparent: cause.traceparent,
      events: decided.events,
      rows: decided.rows,
      timers: decided.timers,
    });
    const after = decided.after.tasks.find((each) => each.taskId === task.taskId);
    return cutPacket({
      disclosureId,
      direction,
      taskId: task.taskId,
      version: after?.version ?? task.version,
      need: task.need,
      purpose,
      categories,
      permission,
      noticeCodes,
      ...parts,
    });
  }
}

function hasOpenAccess(state: ReferralState, task: TaskRow, actor: Actor): boolean {
  return state.access.some(
    (each) => each.taskId === task.taskId && each.toOrganizationId === actor.organizationId && each.endedAt === null,
  );
}

/** The sender reads outcome texts only where the agency may report them back (domain.md §3, direction). */
function returnPermission(
  task: TaskRow,
  permissions: readonly Permission[],
  purpose: Purpose,
  now: string,
): Permission | undefined {
  const returned = holdsNow(
    permissions.find(
      (each) =>
        each.recipientOrganizationId === task.recipientOrganizationId &&
        each.purpose === purpose &&
        each.direction === 'return',
    ),
    now,
  );
  return returned?.returnPath === 'outcome' ? returned : undefined;
}

async function templateOf(
  tx: Tx,
  task: TaskRow,
): Promise<{ readonly required: readonly Category[]; readonly asked: readonly Category[] }> {
  const [service] = task.healthcareServiceId === null ? [] : await serviceFacts(tx, [task.healthcareServiceId]);
  // A pool's Task has no service yet: the coordinating body reads what it was granted, what every template requires.
  return service ?? { required: leastRequired, asked: [] };
}

async function readParts(
  tx: Tx,
  opening: Opening,
): Promise<{
  readonly client: ClientDataView | undefined;
  readonly statedNeed: string | undefined;
  readonly details: PacketView['details'];
  readonly messages: PacketView['messages'];
  readonly attachments: PacketView['attachments'];
}> {
  const { state, task, direction } = opening;
  const attachments = await readAttachments(tx, opening);
  const messages = await messagesOf(tx, task.taskId, { after: undefined, limit: 1000 });
  if (direction === 'return') {
    return {
      client: undefined,
      statedNeed: undefined,
      details: [],
      messages: messages.filter((message) => message.from === 'agency'),
      attachments,
    };
  }
  const text = (await readNeedTexts(tx, [task.serviceRequestId])).get(task.serviceRequestId);
  const stored = (await readClients(tx, [state.clientId])).get(state.clientId);
  return {
    client: stored === undefined ? undefined : reachable(withoutIdentity(stored)),
    statedNeed: text?.statedNeed,
    details: text?.details ?? [],
    messages,
    attachments,
  };
}

/** What may leave, with the bytes of those asked for. One that may not, or is not there, answers as if nothing were. */
async function readAttachments(
  tx: Tx,
  { state, direction, categories, attachmentIds }: Opening,
): Promise<readonly PacketAttachment[]> {
  const files = direction === 'send' ? await readFiles(tx, state.referralId) : [];
  const shown = released(state.attachments, files, categories);
  if (!attachmentIds.every((id) => shown.some((each) => each.attachmentId === id))) throw new NotFound();
  const bytes = await readBytes(tx, attachmentIds);
  return shown.map(({ attachmentId, kind, title, categories: of, contentType, size, sha256 }) => {
    const base64 = bytes.get(attachmentId);
    const file = { attachmentId, kind, title, categories: of, contentType, size, sha256 };
    return base64 === undefined ? file : { ...file, base64 };
  });
}

/** The packet carries the person, not our keys for them, nor what others told of them. */
function withoutIdentity({
  version: _version,
  clientId: _clientId,
  deceased: _deceased,
  ...client
}: StoredClient): ClientDataView {
  return client;
}

/** What must not be used does not leave. */
function reachable(client: ClientDataView): ClientDataView {
  const { contactProhibited, safeContact } = client;
  return reachableOnly(client, contactRule({ contactProhibited, safeChannel: safeContact?.channel ?? null }));
}
