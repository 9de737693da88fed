import type { Category, Direction, InstantText, Purpose, ReturnPath } from '#contracts';

/** One line of the gate: consent's whole present answer for (client, recipient, purpose, direction). */
export interface Permission {
  readonly recipientOrganizationId: string;
  readonly purpose: Purpose;
  readonly direction: Direction;
  readonly categories: readonly Category[];
  readonly returnPath: ReturnPath;
  readonly consentIds: readonly string[];
  readonly validFrom: InstantText;
  readonly validUntil: InstantText | null;
  readonly intermediary: boolean;
}

/** The longest that our view of consent may be behind before every door fails closed (domain.md §3), in milliseconds. */
export const freshForMs = 60_000;

/**
 * Whether the view is fresh: the oldest watermark of all partitions is at most 60 s old. A partition that has never
 * been heard of makes it stale.
 */
export function isFresh(
  marks: readonly { readonly partitions: number; readonly asOf: InstantText }[],
  now: InstantText,
): boolean {
  const partitions = marks[0]?.partitions;
  if (partitions === undefined || marks.length < partitions) return false;
  return marks.every((mark) => Date.parse(now) - Date.parse(mark.asOf) <= freshForMs);
}

/** The permission as it holds now; outside its dates it allows nothing. */
export function holdsNow(permission: Permission | undefined, now: InstantText): Permission | undefined {
  if (permission === undefined || permission.validFrom > now) return undefined;
  if (permission.validUntil !== null && permission.validUntil <= now) return undefined;
  return permission.categories.length === 0 ? undefined : permission;
}
