import type { ClientId, NetworkId, OrganizationId, ReferralId } from '#contracts';
import { statement, type Tx } from '#persistence';

/** From `referral.created`: which organization owns the referral and so the client. Only ids. */
export interface KnownReferral {
  readonly referral_id: ReferralId;
  readonly client_id: ClientId;
  readonly organization_id: OrganizationId;
  readonly network_id: NetworkId;
}

const learn = statement(
  'learn of referral',
  `insert into known_referral (referral_id, client_id, organization_id, network_id) values ($1, $2, $3, $4)
   on conflict do nothing`,
);
const byId = statement('known referral', 'select * from known_referral where referral_id = $1').reads<KnownReferral>();
const isOwner = statement(
  'owns the client',
  'select exists (select from known_referral where client_id = $1 and organization_id = $2) as known',
).reads<{ known: boolean }>();

export async function learnReferral(tx: Tx, referral: KnownReferral): Promise<void> {
  const { referral_id, client_id, organization_id, network_id } = referral;
  await tx.query(learn, [referral_id, client_id, organization_id, network_id]);
}

export async function knownReferral(tx: Tx, referralId: ReferralId): Promise<KnownReferral | undefined> {
  return (await tx.query(byId, [referralId]))[0];
}

export async function owns(tx: Tx, organizationId: OrganizationId, clientId: ClientId): Promise<boolean> {
  return (await tx.query(isOwner, [clientId, organizationId]))[0]?.known === true;
}
