import type { Category, Direction, InstantText, NoticeCode, OrganizationId, Purpose } from '#contracts';
import { noticesFor } from '../access/access.ts';
import { permissionFor } from '../consent/consent-fact.ts';
import { holdsNow, type Permission } from '../consent/permission.ts';
import type { ReferralState, TaskRow } from '../model/state.ts';
import { allowedCategories } from './packet.ts';

/** What an organization may read of a Task's packet now, by which permission, and in which direction it goes. */
export interface ReadingRight {
  readonly direction: Direction;
  readonly permission: Permission;
  readonly categories: readonly Category[];
  /** The texts that must go with it. */
  readonly noticeCodes: readonly NoticeCode[];
}

/** The question: who wants to read, for which purpose, and what the Task's service asks for. */
export interface ReadingQuestion {
  readonly organizationId: OrganizationId;
  readonly purpose: Purpose;
  readonly permissions: readonly Permission[];
  readonly template: { readonly required: readonly Category[]; readonly asked: readonly Category[] };
  readonly now: InstantText;
}

/**
 * Whether an organization may open a packet (contract.md §4.7): an agency needs open access and a permission to be sent
 * the data; the sender needs the permission that the agency reports the outcome back. Undefined: nothing may be read.
 */
export function readingRight(
  state: ReferralState,
  task: TaskRow,
  { organizationId, purpose, permissions, template, now }: ReadingQuestion,
): ReadingRight | undefined {
  const direction = organizationId === state.senderOrganizationId ? 'return' : 'send';
  const permission =
    direction === 'return'
      ? returnPermission(task, permissions, purpose, now)
      : sendPermission(state, task, { organizationId, purpose, permissions, now });
  const categories = allowedCategories(permission, template);
  if (permission === undefined || categories === undefined) return undefined;
  const notices = noticesFor(categories, task.need);
  return {
    direction,
    permission,
    categories,
    noticeCodes: direction === 'return' ? ['return-path', ...notices] : notices,
  };
}

function sendPermission(
  state: ReferralState,
  task: TaskRow,
  { organizationId, purpose, permissions, now }: Omit<ReadingQuestion, 'template'>,
): Permission | undefined {
  const hasOpenAccess = state.access.some(
    (each) => each.taskId === task.taskId && each.toOrganizationId === organizationId && each.endedAt === null,
  );
  return hasOpenAccess ? permissionFor(permissions, organizationId, now, purpose) : undefined;
}

/** The sender reads outcome texts only where the agency may report them back (domain.md §3, direction). */
function returnPermission(
  task: TaskRow,
  permissions: readonly Permission[],
  purpose: Purpose,
  now: InstantText,
): Permission | undefined {
  const returned = permissions.find(
    (each) =>
      each.recipientOrganizationId === task.recipientOrganizationId &&
      each.purpose === purpose &&
      each.direction === 'return',
  );
  const holds = holdsNow(returned, now);
  return holds?.returnPath === 'outcome' ? holds : undefined;
}
