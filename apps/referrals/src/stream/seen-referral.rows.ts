import type { ClientId, OrganizationId, ReferralId, ServiceRequestId } from '#contracts';
import { statement, type Tx } from '#persistence';
import type { NeedRow, ReferralState } from '../domain/referral.ts';

export interface SeenReferral {
  readonly referralId: ReferralId;
  readonly clientId: ClientId;
  readonly senderOrganizationId: OrganizationId;
}

export interface SeenNeed extends SeenReferral {
  readonly need: NeedRow;
}

const selectReferral = statement(
  'referral-seen',
  `select referral_id as "referralId", client_id as "clientId", sender_organization_id as "senderOrganizationId"
   from referral where referral_id = $1`,
).reads<SeenReferral>();
const selectNeed = statement(
  'service-request-seen',
  `select n.row as need, r.referral_id as "referralId", r.client_id as "clientId", r.sender_organization_id as "senderOrganizationId"
   from service_request n join referral r using (referral_id) where n.service_request_id = $1`,
).reads<SeenNeed>();
// The same rule as `asSeenBySender`: a referral also counts as open if a need whose Task may report nothing was
// settled, unless a person settled it.
const openToSender = `(r.open or exists (
  select 1 from task t join service_request n using (service_request_id)
  where t.referral_id = r.referral_id and t.row -> 'frozen' <> 'null' and t.state <> 'entered-in-error'
    and n.row ->> 'settledByHand' = 'false' and n.row ->> 'result' <> 'in-play'))`;
const selectPage = statement(
  'referrals-of-sender',
  `select r.row as referral,
     (select coalesce(jsonb_agg(n.row order by (n.row ->> 'order')::int), '[]') from service_request n where n.referral_id = r.referral_id) as needs,
     (select coalesce(jsonb_agg(t.row order by t.row ->> 'createdAt', t.task_id), '[]') from task t where t.referral_id = r.referral_id) as tasks
   from referral r
   where r.sender_organization_id = $1 and ($2::boolean is null or ${openToSender} = $2) and (r.created_at, r.referral_id) < ($3, $4::uuid)
   order by r.created_at desc, r.referral_id desc limit $5`,
).reads<{
  referral: ReferralState;
  needs: ReferralState['needs'];
  tasks: ReferralState['tasks'];
}>();

/** The referral, if the scope's policy shows it. */
export async function findReferral(tx: Tx, referralId: ReferralId): Promise<SeenReferral | undefined> {
  const [found] = await tx.query(selectReferral, [referralId]);
  return found;
}

export async function findNeed(tx: Tx, serviceRequestId: ServiceRequestId): Promise<SeenNeed | undefined> {
  const [found] = await tx.query(selectNeed, [serviceRequestId]);
  return found;
}

/** One page of an organization's own referrals, newest first, after the given place. */
export async function referralPage(
  tx: Tx,
  page: {
    readonly organizationId: OrganizationId;
    readonly open: boolean | undefined;
    readonly below: { readonly at: string; readonly id: string } | undefined;
    readonly limit: number;
  },
): Promise<readonly ReferralState[]> {
  const below = page.below ?? { at: '9999', id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };
  const rows = await tx.query(selectPage, [page.organizationId, page.open ?? null, below.at, below.id, page.limit]);
  return rows.map((row) => ({ ...row.referral, needs: row.needs, tasks: row.tasks, access: [], attachments: [] }));
}
