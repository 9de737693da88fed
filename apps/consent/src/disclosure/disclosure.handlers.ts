import { Controller, Inject } from '@nestjs/common';
import { AccessEnded, AccessGranted, LabelShown, PacketOpened } from '#contracts';
import { IDS, Reads, type Ids, type Projected, type ReadContext } from '#events';
import { LedgerAnchoring } from '../anchors/ledger-anchoring.service.ts';
import { seal } from './chain.ts';
import { appendEntry, grantOfAccess, holdHead } from './disclosure.rows.ts';
import { consentLedger, type LedgerEntry } from './disclosure.ts';

/** The ledger only grows: a rebuild adds missing entries and changes none. */
export const ledgerProjected: Projected = { group: consentLedger, tables: [] };

type NewEntry = Omit<LedgerEntry, 'entryId' | 'place' | 'eventId' | 'at'>;

/** Every access and every opening becomes one entry, unique by its event and its disclosure, sealed to the entry before. */
@Controller()
export class DisclosureHandlers {
  constructor(
    private readonly anchoring: LedgerAnchoring,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  @Reads(consentLedger, AccessGranted)
  async accessGranted(event: AccessGranted, context: ReadContext): Promise<void> {
    await this.append(context, {
      clientId: event.clientId,
      disclosureId: null,
      accessId: event.accessId,
      kind: 'access-granted',
      direction: 'send',
      referralId: event.referralId,
      taskId: event.taskId,
      fromOrganizationId: event.fromOrganizationId,
      toOrganizationId: event.toOrganizationId,
      readerId: null,
      categories: event.categories,
      purpose: event.purpose,
      consentIds: event.consentIds,
      noticeCodes: event.noticeCodes,
      attachmentIds: [],
      cause: null,
    });
  }

  @Reads(consentLedger, PacketOpened)
  async packetOpened(event: PacketOpened, context: ReadContext): Promise<void> {
    await this.append(context, {
      clientId: event.clientId,
      disclosureId: event.disclosureId,
      accessId: null,
      kind: 'opened',
      direction: event.direction,
      referralId: event.referralId,
      taskId: event.taskId,
      fromOrganizationId: event.fromOrganizationId,
      toOrganizationId: event.toOrganizationId,
      readerId: event.readerId,
      categories: event.categories,
      purpose: event.purpose,
      consentIds: event.consentIds,
      noticeCodes: event.noticeCodes,
      attachmentIds: event.attachmentIds ?? [],
      cause: null,
    });
  }

  /** The event is in the reader's stream; its entry is written like every other entry of the referral. */
  @Reads(consentLedger, LabelShown)
  async labelShown(event: LabelShown, context: ReadContext): Promise<void> {
    await context.tx.useScope({ kind: 'system', key: event.referralId });
    await this.append(context, {
      clientId: event.clientId,
      disclosureId: event.disclosureId,
      accessId: null,
      kind: 'label-shown',
      direction: 'send',
      referralId: event.referralId,
      taskId: event.taskId,
      fromOrganizationId: event.fromOrganizationId,
      toOrganizationId: event.toOrganizationId,
      readerId: event.readerId,
      categories: event.categories,
      purpose: event.purpose,
      consentIds: event.consentIds,
      noticeCodes: [],
      attachmentIds: [],
      cause: null,
    });
  }

  @Reads(consentLedger, AccessEnded)
  async accessEnded(event: AccessEnded, context: ReadContext): Promise<void> {
    const granted = await grantOfAccess(context.tx, event.accessId);
    // It is earlier in the same stream: an end without a beginning is a fault, and is parked for a person.
    if (granted === undefined) throw new Error('an access ended that was never granted');
    await this.append(context, {
      ...granted,
      disclosureId: null,
      kind: 'access-ended',
      readerId: null,
      noticeCodes: [],
      cause: event.cause,
    });
  }

  private async append({ tx, envelope }: ReadContext, entry: NewEntry): Promise<void> {
    const head = await holdHead(tx, entry.clientId, envelope.id, entry.disclosureId);
    if (head.written) return;
    const placed = {
      ...entry,
      entryId: this.ids.next(),
      place: head.place + 1,
      eventId: envelope.id,
      at: envelope.time,
    };
    await appendEntry(tx, seal(head.seal, placed));
    tx.afterCommit(() => this.anchoring.poke());
  }
}
