import { packetScope, readScope, type Actor } from '#access';
import type { Category, ClientDataView, OpenPacket, PacketAttachment, PacketView, Purpose } from '#contracts';
import type { Tx } from '#persistence';
import { CommandRunner, NotFound } from '#service';
import { Injectable } from '@nestjs/common';
import { readFiles, readBytes } from '../attachment/attachment.rows.ts';
import { readClients, readNeedTexts, type StoredClient } from '../client/client.rows.ts';
import { GateDoor } from '../consent-gate/gate-door.service.ts';
import { leastRequired } from '../domain/access/access.ts';
import { released } from '../domain/attachment/attachment.ts';
import { contactRule, reachableOnly } from '../domain/model/contact.ts';
import { cutPacket, type PacketParts } from '../domain/packet/packet.ts';
import { readingRight, type ReadingRight } from '../domain/packet/reading-right.ts';
import type { ReferralCommand, ReferralState, TaskRow } from '../domain/referral.ts';
import { messagesOf } from '../message/message.rows.ts';
import { serviceFacts } from '../replica/replica.rows.ts';
import { callerOf } from '../stream/caller.ts';
import { DecisionFacts } from '../stream/facts/decision.facts.ts';
import { ReferralStream } from '../stream/referral-stream.ts';
import { loadReferral } from '../stream/referral.rows.ts';
import { commandResult } from '../stream/step.ts';
import { findTask, type SeenTask } from '../stream/task.rows.ts';

interface Opening extends ReadingRight {
  readonly actor: Actor;
  readonly state: ReferralState;
  readonly task: TaskRow;
  readonly purpose: Purpose;
  readonly disclosureId: string;
  /** Attachments whose bytes are asked for. */
  readonly attachmentIds: readonly string[];
}

/**
 * The only route for client data across organizations (contract.md §4.7). The event is committed to the log before the
 * caller gets the body; every refusal that is about consent or access is the same 404.
 */
@Injectable()
export class PacketService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly stream: ReferralStream,
    private readonly door: GateDoor,
    private readonly facts: DecisionFacts,
  ) {}

  open(
    actor: Actor,
    taskId: string,
    asked: OpenPacket,
    cause: { readonly correlationId: string; readonly traceparent: string | null },
  ): Promise<PacketView> {
    const by = { actor, ...cause };
    return this.commands.disclose<SeenTask, PacketView>({
      by,
      scope: readScope(actor),
      find: (tx) => findTask(tx, taskId),
      key: (found) => found.referralId,
      work: async (tx, { referralId }, stream) => {
        await tx.useScope({ kind: 'system', key: referralId });
        const opening = await this.mayOpen(tx, { actor, taskId, ...asked, referralId });
        const decided = await this.stream.decide(tx, stream, by, {
          before: opening.state,
          command: () => commandOf(opening),
        });
        // Every refusal that is about consent or access is the same 404.
        if (decided.kind === 'refused') return { kind: 'refused', problem: new NotFound() };
        await tx.useScope(packetScope(actor));
        const parts = await readParts(tx, opening);
        await tx.useScope({ kind: 'system', key: referralId });
        return commandResult(decided, packetOf(opening, decided.after, parts));
      },
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
    const template = await templateOf(tx, task);
    const { organizationId } = actor;
    const right = readingRight(state, task, { organizationId, purpose, permissions, template, now });
    if (right === undefined) throw new NotFound();
    return { ...right, actor, state, task, purpose, disclosureId: this.facts.newId(), attachmentIds };
  }
}

function commandOf(opening: Opening): Extract<ReferralCommand, { readonly type: 'open-packet' }> {
  const { actor, task, direction, disclosureId, categories, permission, noticeCodes, purpose, attachmentIds } = opening;
  return {
    type: 'open-packet',
    caller: callerOf(actor),
    taskId: task.taskId,
    readerOrganizationId: actor.organizationId,
    consentIds: permission.consentIds,
    ...{ direction, disclosureId, categories, noticeCodes, purpose, attachmentIds },
  };
}

function packetOf(opening: Opening, after: ReferralState, parts: ReadParts): PacketView {
  const { task, disclosureId, direction, purpose, categories, permission, noticeCodes } = opening;
  const { taskId, need } = task;
  const version = after.tasks.find((each) => each.taskId === taskId)?.version ?? task.version;
  return cutPacket({
    ...{ disclosureId, direction, taskId, version, need, purpose, categories, permission, noticeCodes },
    ...parts,
  });
}

async function templateOf(
  tx: Tx,
  task: TaskRow,
): Promise<{ readonly required: readonly Category[]; readonly asked: readonly Category[] }> {
  const [service] = task.healthcareServiceId === null ? [] : await serviceFacts(tx, [task.healthcareServiceId]);
  // A pool's Task has no service yet: the coordinating body reads what access grants it, which every template requires.
  return service ?? { required: leastRequired, asked: [] };
}

type ReadParts = Pick<PacketParts, 'client' | 'statedNeed' | 'details' | 'messages' | 'attachments'>;

async function readParts(tx: Tx, opening: Opening): Promise<ReadParts> {
  const { state, task, direction } = opening;
  const attachments = await readAttachments(tx, opening);
  const messages = await messagesOf(tx, task.taskId, { after: undefined, limit: null });
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

/** The attachments that may be disclosed, with the bytes of those asked for. Withheld and absent ones get the same answer. */
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

/** The packet carries the person, not our keys for them, nor what others said about them. */
function withoutIdentity({
  version: _version,
  clientId: _clientId,
  deceased: _deceased,
  ...client
}: StoredClient): ClientDataView {
  return client;
}

/** Contact data that must not be used is left out. */
function reachable(client: ClientDataView): ClientDataView {
  const { contactProhibited, safeContact } = client;
  return reachableOnly(client, contactRule({ contactProhibited, safeChannel: safeContact?.channel ?? null }));
}
