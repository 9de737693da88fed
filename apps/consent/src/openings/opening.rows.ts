import type { ClientId, DisclosureId, InstantText } from '#contracts';
import { statement, type Tx } from '#persistence';
import { consentLedger } from '../disclosure/disclosure.ts';
import type { Opening } from './opening.ts';

/** A ledger entry for the opening of a packet. */
export interface OpenedEntry {
  readonly entryId: string;
  readonly clientId: ClientId;
  readonly place: number;
  /** Null only for an entry that somebody tampered with: the table's constraint refuses it. */
  readonly disclosureId: DisclosureId | null;
  readonly referralId: string;
  readonly fromOrganizationId: string;
  readonly toOrganizationId: string;
}

const openedOfReferrals = statement(
  'ledger openings of referrals',
  `select entry_id as "entryId", client_id as "clientId", place, disclosure_id as "disclosureId",
     referral_id as "referralId", from_organization_id as "fromOrganizationId", to_organization_id as "toOrganizationId"
   from disclosure_entry where kind = 'opened' and referral_id = any($1::uuid[])`,
).reads<OpenedEntry>();
const referralsOpened = statement(
  'ledger referrals with openings',
  `select distinct referral_id as "referralId" from disclosure_entry
   where kind = 'opened' and ($1::uuid is null or referral_id > $1) order by referral_id limit $2`,
).reads<{ referralId: string }>();
// one statement, so that entry and inbox are from the same snapshot: an entry on its way is not missing
const stillMissing = statement(
  'ledger openings missing',
  `select o.disclosure_id as "disclosureId"
   from unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) as o (disclosure_id, event_id, at)
   where not exists (select from disclosure_entry e where e.disclosure_id = o.disclosure_id)
     and (o.at < $4 or exists (
       select from inbox i where i.group_name = '${consentLedger}' and i.event_id = o.event_id))`,
).reads<{ disclosureId: string }>();

export function openedIn(tx: Tx, referralIds: readonly string[]): Promise<readonly OpenedEntry[]> {
  return tx.query(openedOfReferrals, [referralIds]);
}

/** Referrals with openings in the ledger, by id, after one of them. */
export async function openedReferrals(tx: Tx, after: string | null, limit: number): Promise<readonly string[]> {
  return (await tx.query(referralsOpened, [after, limit])).map((row) => row.referralId);
}

/** Openings without an entry, although the ledger's reader has handled their event or should have by `settled`. */
export async function missingEntries(
  tx: Tx,
  openings: readonly Opening[],
  settled: InstantText,
): Promise<readonly Opening[]> {
  if (openings.length === 0) return [];
  const rows = await tx.query(stillMissing, [
    openings.map(({ disclosureId }) => disclosureId),
    openings.map(({ eventId }) => eventId),
    openings.map(({ at }) => at),
    settled,
  ]);
  const missing = new Set(rows.map((row) => row.disclosureId));
  return openings.filter(({ disclosureId }) => missing.has(disclosureId));
}
