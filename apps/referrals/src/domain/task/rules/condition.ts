import { isDisclosed } from '../../access/access.ts';
import type { Condition } from '../table/task.transitions.ts';
import { isPool, type TaskContext } from './transition-request.ts';

const isSuspended = ({ task }: TaskContext): boolean => task.subState === 'consent-suspended';
/**
 * A decline is not reviewed where a withdrawal was asked for, which it answers at once, nor where consent is suspended:
 * the coordinator could read as little of it as the agency.
 */
const asksReview = (context: TaskContext): boolean =>
  context.policy.declineReview && context.task.withdrawalRequestedAt === null && !isSuspended(context);

/** What the words in the column `when` of the table mean. */
export const conditions: Readonly<Record<Condition, (context: TaskContext) => boolean>> = {
  unclaimed: ({ task }) => isPool(task),
  'accepted-before': ({ task }) => task.acceptedAt !== null,
  'never-accepted': ({ task }) => task.acceptedAt === null,
  suspended: isSuspended,
  'not-suspended': (context) => !isSuspended(context),
  'withdrawal-asked': ({ task }) => task.withdrawalRequestedAt !== null,
  'no-withdrawal-asked': ({ task }) => task.withdrawalRequestedAt === null,
  opened: ({ task }) => task.packetOpenedAt !== null,
  unopened: ({ task }) => task.packetOpenedAt === null,
  undisclosed: ({ task }) => !isDisclosed(task),
  'review-asked': asksReview,
  'no-review-asked': (context) => !asksReview(context),
};
