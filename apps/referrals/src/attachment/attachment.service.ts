import { tenantScope } from '#access';
import {
  attachmentMaxBytes,
  type AddAttachment,
  type AddedAttachment,
  type RemoveAttachment,
  type RemovedAttachment,
} from '#contracts';
import { CommandRunner, Invalid, readSentFile, typeFaults, type Answer, type CommandRequest } from '#service';
import { Injectable } from '@nestjs/common';
import { ReferralStream } from '../stream/referral-stream.ts';
import { newInformationFor } from '../domain/system/new-information.ts';
import { callerOf } from '../stream/caller.ts';
import { DecisionFacts } from '../stream/facts/decision.facts.ts';
import type { AttachmentRow, ReferralState } from '../domain/referral.ts';
import { findReferral } from '../stream/seen-referral.rows.ts';
import { commandResult } from '../stream/step.ts';
import { findAttachment, writeFile } from './attachment.rows.ts';
import type { AttachmentFile } from '../domain/attachment/attachment.ts';

/** Documents that the sender adds to its referral, or removes: commands of the referral's stream. */
@Injectable()
export class AttachmentService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly facts: DecisionFacts,
    private readonly stream: ReferralStream,
  ) {}

  /** Throws Invalid for a file that is too large, or not of the type that it declares. */
  add(request: CommandRequest, referralId: string, body: AddAttachment): Promise<Answer> {
    const { bytes, sha256 } = fileIn(body);
    const { actor } = request;
    const { kind, contentType, title, categories } = body;
    const attachmentId = this.facts.newId();
    return this.commands.run({
      request,
      scope: tenantScope(actor),
      find: (tx) => findReferral(tx, referralId),
      key: () => referralId,
      work: async (tx, seen, stream) => {
        const { length: size } = bytes;
        const caller = callerOf(actor);
        const command = { type: 'add-attachment', caller, attachmentId, kind, contentType, size } as const;
        const decided = await this.stream.decide(tx, stream, request, { command: () => command });
        if (decided.kind === 'refused') return decided;
        const { clientId, senderOrganizationId: ownerOrganizationId } = seen;
        const file = { attachmentId, title, categories, contentType, size, sha256 };
        await writeFile(tx, { ...file, referralId, clientId, ownerOrganizationId, bytes });
        const row = rowIn(decided.after, attachmentId);
        const lookedAt = newInformationFor(decided.after.tasks, categories);
        return {
          ...commandResult({ ...decided, timers: [...decided.timers, ...lookedAt] }, addedView(row, file)),
          status: 201,
          version: row.version,
          location: `/api/referrals/attachments/${attachmentId}`,
        };
      },
    });
  }

  remove(request: CommandRequest, attachmentId: string, { reason }: RemoveAttachment): Promise<Answer> {
    const { actor } = request;
    return this.commands.run({
      request,
      scope: tenantScope(actor),
      find: (tx) => findAttachment(tx, attachmentId),
      key: (found) => found.referralId,
      work: async (tx, found, stream) => {
        const command = { type: 'remove-attachment', caller: callerOf(actor), attachmentId, reason } as const;
        const decided = await this.stream.decide(tx, stream, request, { command: () => command });
        if (decided.kind === 'refused') return decided;
        const row = rowIn(decided.after, attachmentId);
        return {
          ...commandResult(decided, removedView(row, found)),
          version: row.version,
          current: { version: found.version, state: found.removedAt === null ? 'live' : 'removed' },
        };
      },
    });
  }
}

function fileIn({ base64, sha256, contentType }: AddAttachment): { readonly bytes: Buffer; readonly sha256: string } {
  const read = readSentFile(sha256 === undefined ? { base64 } : { base64, sha256 });
  if (read.kind === 'faults') throw new Invalid(read.faults);
  if (read.bytes.length > attachmentMaxBytes) {
    const most = `at most ${attachmentMaxBytes} bytes`;
    throw new Invalid([{ field: 'base64', message: `the file has ${read.bytes.length} bytes`, allowed: most }]);
  }
  const faults = typeFaults(contentType, read.bytes);
  if (faults.length > 0) throw new Invalid(faults);
  return read;
}

function rowIn({ attachments }: ReferralState, attachmentId: string): AttachmentRow {
  const row = attachments.find((each) => each.attachmentId === attachmentId);
  if (row === undefined) throw new Error('the decision about an attachment has no row of it');
  return row;
}

/** The answer to a command, field by field: the title is client data and must not be in it (contract.md §1). */
function addedView(row: AttachmentRow, file: AttachmentFile): AddedAttachment {
  return {
    attachmentId: row.attachmentId,
    referralId: row.referralId,
    version: row.version,
    kind: row.kind,
    categories: file.categories,
    contentType: file.contentType,
    size: file.size,
    sha256: file.sha256,
    addedAt: row.addedAt,
  };
}

function removedView(row: AttachmentRow, file: AttachmentFile): RemovedAttachment {
  return { ...addedView(row, file), removedAt: row.removedAt, removalReason: row.removalReason };
}
