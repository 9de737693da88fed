import type { InstantText, ClientId, ReferralId } from '#contracts';
import { statement, type Tx } from '#persistence';

const insert = statement(
  'client-death-insert',
  'insert into client_death (client_id, referral_id, at) values ($1, $2, $3) on conflict do nothing',
);
const select = statement(
  'client-death',
  'select referral_id as "referralId" from client_death where client_id = $1',
).reads<DeathRow>();
const selectReferrals = statement(
  'client-referrals',
  'select referral_id as "referralId" from client_referral where client_id = $1 order by referral_id',
).reads<{ referralId: ReferralId }>();
const remove = statement('client-death-remove', 'delete from client_death where client_id = $1');
/** The stream that reported a client's death. */
export interface DeathRow {
  readonly referralId: ReferralId;
}

export async function writeDeath(
  tx: Tx,
  death: { readonly clientId: ClientId; readonly referralId: ReferralId; readonly at: InstantText },
): Promise<void> {
  await tx.query(insert, [death.clientId, death.referralId, death.at]);
}

/** Undefined where nobody reported a death, or it was taken back. */
export async function readDeath(tx: Tx, clientId: ClientId): Promise<DeathRow | undefined> {
  return (await tx.query(select, [clientId]))[0];
}

export async function removeDeath(tx: Tx, clientId: ClientId): Promise<void> {
  await tx.query(remove, [clientId]);
}

/** All of the client's referrals, with Tasks or without, whatever the scope. */
export async function referralsOfClient(tx: Tx, clientId: ClientId): Promise<readonly ReferralId[]> {
  const rows = await tx.query(selectReferrals, [clientId]);
  return rows.map((row) => row.referralId);
}
