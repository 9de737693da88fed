import type { ClientId, ConsentId, OrganizationId, ReferralId, TaskId } from '#contracts';
import { statement, type UnitOfWork } from '#persistence';
import { ledgerStream } from '../anchors/anchor.ts';

/** Who is affected by the end of a consent: the owner's newest referral of the client, and the Tasks with access by it. */
export interface Concerned {
  readonly organizationId: OrganizationId;
  readonly referralId: ReferralId;
  readonly taskIds: readonly TaskId[];
}

const mostTasks = 100;

const newestReferral = statement(
  'newest referral of client',
  `select referral_id as "referralId", organization_id as "organizationId" from known_referral
   where client_id = $1 order by referral_id desc limit 1`,
).reads<Omit<Concerned, 'taskIds'>>();
const tasksWithAccess = statement(
  'tasks with access by consent',
  `select distinct e.task_id as "taskId" from disclosure_entry e
   where e.client_id = $1 and e.kind = 'access-granted' and $2 = any (e.consent_ids)
     and not exists (select from disclosure_entry x where x.access_id = e.access_id and x.kind = 'access-ended')
   order by 1 limit $3`,
).reads<{ taskId: TaskId }>();

/** Undefined for a client without an owner: there is nobody to notify. */
export function concernedBy(
  unitOfWork: UnitOfWork,
  clientId: ClientId,
  consentId: ConsentId,
): Promise<Concerned | undefined> {
  // the whole ledger is read in the scope of its own stream
  return unitOfWork.run({ kind: 'system', key: ledgerStream }, async (tx) => {
    const [newest] = await tx.query(newestReferral, [clientId]);
    if (newest === undefined) return undefined;
    const tasks = await tx.query(tasksWithAccess, [clientId, consentId, mostTasks]);
    return { ...newest, taskIds: tasks.map(({ taskId }) => taskId) };
  });
}
