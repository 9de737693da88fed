import type { ClientId, DisclosureEntryView, EventId } from '#contracts';
import { statement, type Tx } from '#persistence';
import type { LedgerEntry, SealedEntry } from './disclosure.ts';

export const entryColumns = `entry_id as "entryId", client_id as "clientId", place, event_id as "eventId",
  disclosure_id as "disclosureId", access_id as "accessId", kind, direction, at, referral_id as "referralId",
  task_id as "taskId", from_organization_id as "fromOrganizationId", to_organization_id as "toOrganizationId",
  reader_id as "readerId", categories, purpose, consent_ids as "consentIds", notice_codes as "noticeCodes",
  attachment_ids as "attachmentIds", cause, previous_seal as "previousSeal", seal`;

// One round trip: creates the chain if there is none, waits for other writers of it, and looks for the entry.
const holdHeadStatement = statement('hold ledger head', 'select * from hold_ledger_head($1, $2, $3)').reads<HeldHead>();
const append = statement(
  'append to ledger',
  `insert into disclosure_entry (entry_id, client_id, place, event_id, disclosure_id, access_id, kind, direction, at,
     referral_id, task_id, from_organization_id, to_organization_id, reader_id, categories, purpose, consent_ids,
     notice_codes, attachment_ids, cause, previous_seal, seal)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)`,
);
const grantedByAccess = statement(
  'ledger entry of access',
  `select ${entryColumns} from disclosure_entry
   where access_id = $1 and kind = 'access-granted' order by place desc limit 1`,
).reads<SealedEntry>();
export const entriesOf = statement(
  'ledger entries',
  `select ${entryColumns} from disclosure_entry
   where ($1::uuid is null or client_id = $1) and ($2::uuid is null or task_id = $2) and place > $3
   order by place limit $4`,
).reads<SealedEntry>();

/** The end of a client's chain, and whether the ledger already has the entry of this event or disclosure. */
export interface HeldHead {
  readonly place: number;
  readonly seal: string;
  readonly written: boolean;
}

/** Locks until the transaction ends: entries of one client are written one after the other. */
export async function holdHead(
  tx: Tx,
  clientId: ClientId,
  eventId: EventId,
  disclosureId: string | null,
): Promise<HeldHead> {
  const [head] = await tx.query(holdHeadStatement, [clientId, eventId, disclosureId]);
  if (head === undefined) throw new Error('a chain that was just opened has a head');
  return head;
}

/** The table's trigger moves the head of the chain, and refuses an entry that does not follow the last one. */
export async function appendEntry(tx: Tx, entry: SealedEntry): Promise<void> {
  await tx.query(append, [
    entry.entryId,
    entry.clientId,
    entry.place,
    entry.eventId,
    entry.disclosureId,
    entry.accessId,
    entry.kind,
    entry.direction,
    entry.at,
    entry.referralId,
    entry.taskId,
    entry.fromOrganizationId,
    entry.toOrganizationId,
    entry.readerId,
    entry.categories,
    entry.purpose,
    entry.consentIds,
    entry.noticeCodes,
    entry.attachmentIds,
    entry.cause,
    entry.previousSeal,
    entry.seal,
  ]);
}

/** What was granted to an access that ends. */
export async function grantOfAccess(tx: Tx, accessId: string): Promise<LedgerEntry | undefined> {
  return (await tx.query(grantedByAccess, [accessId]))[0];
}

export function toDisclosureView(entry: LedgerEntry): DisclosureEntryView {
  return {
    entryId: entry.entryId,
    disclosureId: entry.disclosureId,
    kind: entry.kind,
    direction: entry.direction,
    at: entry.at,
    clientId: entry.clientId,
    referralId: entry.referralId,
    taskId: entry.taskId,
    fromOrganizationId: entry.fromOrganizationId,
    toOrganizationId: entry.toOrganizationId,
    readerId: entry.readerId,
    categories: entry.categories,
    purpose: entry.purpose,
    consentIds: entry.consentIds,
    noticeCodes: entry.noticeCodes,
    attachmentIds: entry.attachmentIds,
    cause: entry.cause,
  };
}
