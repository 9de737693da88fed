import type { ReferralId } from '#contracts';
import { statement, violates, type Tx } from '#persistence';
import type { TaskRow } from '../domain/referral.ts';

/** A referral, as far as the scope lets it be seen. */
export interface ReferencedRow {
  readonly referralId: ReferralId;
  readonly isSeen: boolean;
  readonly tasks: readonly TaskRow[];
}

const selectReferenced = statement(
  'referral-of-reference',
  `select c.referral_id as "referralId",
     exists (select from referral r where r.referral_id = c.referral_id) as "isSeen",
     (select coalesce(jsonb_agg(t.row order by t.row ->> 'createdAt', t.task_id), '[]')
      from task t where t.referral_id = c.referral_id and t.state <> 'entered-in-error') as tasks
   from client_referral c where c.reference = $1`,
).reads<ReferencedRow>();

/** Undefined where there is no such referral, and where the scope shows neither it nor a Task of it. */
export async function findReferenced(tx: Tx, reference: string): Promise<ReferencedRow | undefined> {
  const [found] = await tx.query(selectReferenced, [reference]);
  return found === undefined || (!found.isSeen && found.tasks.length === 0) ? undefined : found;
}

/**
 * The reference of a new id is that of another referral: once in ten million among 100,000 referrals. Nothing is asked
 * beforehand; the unique index decides, and the command is run again under another id.
 */
export function isReferenceTaken(error: unknown): boolean {
  return violates(error, 'client_referral_reference');
}
