import type {
  Category,
  Direction,
  InstantText,
  Purpose,
  ReturnPath,
  ClientId,
  ConsentId,
  OrganizationId,
} from '#contracts';

/** One line of the gate: consent's whole present answer for (client, recipient, purpose, direction). */
export interface Permission {
  readonly recipientOrganizationId: OrganizationId;
  readonly purpose: Purpose;
  readonly direction: Direction;
  readonly categories: readonly Category[];
  readonly returnPath: ReturnPath;
  readonly consentIds: readonly ConsentId[];
  readonly validFrom: InstantText;
  readonly validUntil: InstantText | null;
  /** What a consent allowed until it ended by itself, and when the last of it fell. */
  readonly expiredCategories: readonly Category[];
  readonly expiredAt: InstantText | null;
  readonly intermediary: boolean;
}

/** Consent's word for one partition: everything that happened up to this instant was sent before it. */
export interface Watermark {
  /** How many partitions the topic has. */
  readonly partitions: number;
  readonly asOf: InstantText;
}

/** The gate of one client as it stands while it is held. */
export interface GateView {
  readonly clientId: ClientId;
  readonly permissions: readonly Permission[];
  /** An event of this client waits to be read: what stands here is known to be old. */
  readonly waits: boolean;
  readonly marks: readonly Watermark[];
}

/** The longest that our view of consent may be behind before every door fails closed (domain.md §3), in milliseconds. */
export const freshForMs = 60_000;

/** How far the clocks of two services may lie apart. What is said of a later instant says nothing. */
export const apartMs = 5_000;

/** Whether a watermark can be true: one from a clock that is ahead would count for as long as it was ahead. */
export function isCredible(asOf: InstantText, now: InstantText): boolean {
  return Date.parse(asOf) - Date.parse(now) <= apartMs;
}

/**
 * Whether the view is fresh: the oldest watermark of all partitions is at most 60 s old. A partition that has never
 * been read makes it stale, and so does a watermark from the future.
 */
export function isFresh(marks: readonly Watermark[], now: InstantText): boolean {
  const partitions = Math.max(0, ...marks.map((mark) => mark.partitions));
  if (partitions === 0 || marks.length < partitions) return false;
  return marks.every(({ asOf }) => isCredible(asOf, now) && Date.parse(now) - Date.parse(asOf) <= freshForMs);
}

/** Whether what stands in the gate is what consent says now. */
export function isKnown(view: GateView, now: InstantText): boolean {
  return !view.waits && isFresh(view.marks, now);
}

/**
 * When what is required fell because consent ended by itself, of an organization's permission (without one: anybody's).
 * Null where anything of it was taken back: a word of the client weighs more than the calendar.
 */
export function expiredAt(
  permissions: readonly Permission[],
  asked: {
    readonly of: string | undefined;
    readonly purpose: Purpose;
    readonly required: readonly Category[];
    readonly now: InstantText;
  },
): InstantText | null {
  const ends = permissions
    .filter((each) => asked.of === undefined || each.recipientOrganizationId === asked.of)
    .filter((each) => each.direction === 'send' && each.purpose === asked.purpose)
    .flatMap((each) => endOf(each, asked) ?? []);
  return ends.sort().at(-1) ?? null;
}

function endOf(
  { categories, expiredCategories, expiredAt: fellAt, validUntil }: Permission,
  { required, now }: { readonly required: readonly Category[]; readonly now: InstantText },
): InstantText | null {
  // An end that has passed stays with an answer until consent's next word.
  if (validUntil !== null && validUntil <= now) return validUntil;
  const missing = required.filter((each) => !categories.includes(each));
  return missing.length > 0 && missing.every((each) => expiredCategories.includes(each)) ? fellAt : null;
}

/** The permission as it holds now; past its end it allows nothing. It holds from its recording: events come in order. */
export function holdsNow(permission: Permission | undefined, now: InstantText): Permission | undefined {
  if (permission === undefined) return undefined;
  if (permission.validUntil !== null && permission.validUntil <= now) return undefined;
  return permission.categories.length === 0 ? undefined : permission;
}
