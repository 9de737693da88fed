import type { ClientId, DisclosureEntryView, EventId } from '#contracts';
import { columnsOfTable, statement, type Tx } from '#persistence';
import type { LedgerEntry, SealedEntry } from './disclosure.ts';

/** Every column of an entry, with its field. */
const entryTable = columnsOfTable('disclosure_entry').holding<SealedEntry>({
  entryId: 'entry_id',
  clientId: 'client_id',
  place: 'place',
  eventId: 'event_id',
  disclosureId: 'disclosure_id',
  accessId: 'access_id',
  kind: 'kind',
  direction: 'direction',
  at: 'at',
  referralId: 'referral_id',
  taskId: 'task_id',
  fromOrganizationId: 'from_organization_id',
  toOrganizationId: 'to_organization_id',
  readerId: 'reader_id',
  categories: 'categories',
  purpose: 'purpose',
  consentIds: 'consent_ids',
  noticeCodes: 'notice_codes',
  attachmentIds: 'attachment_ids',
  cause: 'cause',
  previousSeal: 'previous_seal',
  seal: 'seal',
});
export const entryColumns = entryTable.selected;

// One round trip: creates the chain if there is none, waits for other writers of it, and looks for the entry.
const holdHeadStatement = statement('hold ledger head', 'select * from hold_ledger_head($1, $2, $3)').reads<HeldHead>();
const append = statement('append to ledger', entryTable.insert);
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
  await tx.query(append, [entryTable.json(entry)]);
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
