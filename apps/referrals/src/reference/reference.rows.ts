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

const mostTries = 5;

/**
 * Runs a command that makes a referral, again where the reference of its new id is taken already: once in ten million
 * among 100,000 referrals. Nothing is asked beforehand; the unique index decides.
 */
export async function withFreeReference<T>(make: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await make();
    } catch (error) {
      if (tries === mostTries || !violates(error, 'client_referral_reference')) throw error;
    }
  }
}
