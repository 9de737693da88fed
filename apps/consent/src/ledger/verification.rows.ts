import type { InstantText, LedgerVerificationView, PersonId } from '#contracts';
import { columnsOfTable, statement, type Tx } from '#persistence';
import { entryColumns } from '../disclosure/disclosure.rows.ts';
import { consentLedger } from '../disclosure/disclosure.ts';
import type { SealedEntry } from '../disclosure/disclosure.ts';
import type { AnchorMark, ChainHead } from '../anchors/anchor.ts';
import type { Finding } from './finding.ts';

/** A finding with the organizations that the chain's client concerns; none: it concerns everybody. */
export interface StoredFinding extends Finding {
  readonly organizationIds: readonly string[];
}

export interface VerificationRow {
  readonly verification_id: string;
  readonly asked_by: PersonId | null;
  readonly started_at: InstantText;
  readonly finished_at: InstantText;
  readonly chains: number;
  readonly entries: number;
  readonly anchors: number;
  /** Null in older verifications, and if the log of referrals could not be read. */
  readonly openings: number | null;
  readonly last_anchor: AnchorMark | null;
  readonly finding_count: number;
  readonly findings: readonly StoredFinding[];
}

/** An entry, and whether no reader of the ledger handled its event: then the row was not written by the service. */
export interface ReadEntry extends SealedEntry {
  readonly unheard: boolean;
}

const readColumns = `${entryColumns}, not exists (select from inbox i
    where i.group_name = '${consentLedger}' and i.event_id = disclosure_entry.event_id) as unheard`;

const heads = statement(
  'ledger heads',
  `select client_id as "clientId", place, seal from ledger_head
   where $1::uuid is null or client_id > $1 order by client_id limit $2`,
).reads<ChainHead>();
const entriesBetween = statement(
  'ledger entries of clients',
  `select ${readColumns} from disclosure_entry
   where ($1::uuid is null or client_id > $1) and ($2::uuid is null or client_id <= $2) order by client_id, place`,
).reads<ReadEntry>();
// one statement, so that entries and head are from the same snapshot
const oneChain = statement(
  'ledger chain of client',
  `select e.*, h.place as "headPlace", h.seal as "headSeal"
   from (select 1) one
   left join ledger_head h on h.client_id = $1
   left join (select ${readColumns} from disclosure_entry where client_id = $1) e on true
   order by e.place`,
).reads<ReadEntry & { headPlace: number | null; headSeal: string | null }>();
const ownersOf = statement(
  'owners of chain',
  'select distinct organization_id as "organizationId" from known_referral where client_id = $1',
).reads<{ organizationId: string }>();
const verificationTable = columnsOfTable('ledger_verification').holding<VerificationRow>({
  verification_id: 'verification_id',
  asked_by: 'asked_by',
  started_at: 'started_at',
  finished_at: 'finished_at',
  chains: 'chains',
  entries: 'entries',
  anchors: 'anchors',
  openings: 'openings',
  last_anchor: 'last_anchor',
  finding_count: 'finding_count',
  findings: 'findings',
});
const keep = statement('keep verification', verificationTable.insert);
const list = statement(
  'verifications, newest first',
  `select * from ledger_verification where $1::uuid is null or verification_id < $1
   order by verification_id desc limit $2`,
).reads<VerificationRow>();

export async function headsAfter(tx: Tx, clientId: string | null, limit: number): Promise<readonly ChainHead[]> {
  return tx.query(heads, [clientId, limit]);
}

/** The entries of all clients after one client, up to another one (null: to the end). */
export async function entriesOfClients(
  tx: Tx,
  after: string | null,
  upTo: string | null,
): Promise<readonly ReadEntry[]> {
  return tx.query(entriesBetween, [after, upTo]);
}

/** One client's chain with its head, both from the same snapshot. */
export async function chainOfClient(
  tx: Tx,
  clientId: string,
): Promise<{ readonly entries: readonly ReadEntry[]; readonly head: ChainHead | undefined }> {
  const rows = await tx.query(oneChain, [clientId]);
  const [first] = rows;
  const place = first?.headPlace ?? null;
  return {
    entries: rows
      .filter((row) => (row.entryId as string | null) !== null)
      .map(({ headPlace: _place, headSeal: _seal, ...entry }) => entry),
    head: place === null ? undefined : { clientId, place, seal: first?.headSeal ?? '' },
  };
}

export async function ownersOfChain(tx: Tx, clientId: string): Promise<readonly string[]> {
  return (await tx.query(ownersOf, [clientId])).map((row) => row.organizationId);
}

export async function keepVerification(tx: Tx, row: VerificationRow): Promise<void> {
  await tx.query(keep, [verificationTable.json(row)]);
}

export async function listVerifications(
  tx: Tx,
  before: string | null,
  limit: number,
): Promise<readonly VerificationRow[]> {
  return tx.query(list, [before, limit]);
}

/** `sees`: the organizations whose clients' findings are shown; null: all. */
export function toVerificationView(row: VerificationRow, sees: string | null): LedgerVerificationView {
  const shown = row.findings.filter(
    // For a deleted chain nobody knows whom it concerned, so everybody is notified.
    ({ organizationIds }) => sees === null || organizationIds.length === 0 || organizationIds.includes(sees),
  );
  return {
    verificationId: row.verification_id,
    state: row.finding_count === 0 ? 'intact' : 'broken',
    askedBy: row.asked_by,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    chains: row.chains,
    entries: row.entries,
    anchors: row.anchors,
    openings: row.openings,
    lastAnchor: row.last_anchor,
    findingCount: row.finding_count,
    findings: shown.map(({ organizationIds: _, ...finding }) => ({
      ...finding,
      disclosureId: finding.disclosureId ?? null,
    })),
  };
}
