import { categories as categoryOrder, type Category, type InstantText } from '#contracts';
import type { ClientFacts, ConsentRecord } from '../consent/consent.ts';
import { keyText, permissionsOf, type Permission } from './permission.ts';

/** Which categories ended because a consent expired, and when the last of them did. */
export interface Expired {
  readonly expiredCategories: readonly Category[];
  readonly expiredAt: InstantText | null;
}

const nothing: Expired = { expiredCategories: [], expiredAt: null };

/**
 * Why categories of a permission are gone. Those that the consents behind the previous permission would still give
 * without an end (`unended`) expired; the others were revoked. An expired category stays expired until it is given again.
 */
export function expiredOf(
  was: (Permission & Expired) | undefined,
  present: readonly Category[],
  unended: readonly Category[],
  now: InstantText,
): Expired {
  if (was === undefined) return nothing;
  const fell = was.categories.filter((each) => !present.includes(each) && unended.includes(each));
  const before = was.expiredCategories.filter((each) => !present.includes(each));
  const all = new Set([...fell, ...before]);
  if (all.size === 0) return nothing;
  const ended = was.validUntil !== null && was.validUntil <= now ? was.validUntil : now;
  return {
    expiredCategories: categoryOrder.filter((each) => all.has(each)),
    expiredAt: fell.length > 0 ? ended : was.expiredAt,
  };
}

/** An instant at which no consent has expired. */
const beforeAllEnds: InstantText = '0001-01-01T00:00:00.000Z';

/** What the consents behind a permission, minus revocations, would allow if none of them had an end. */
export function unendedOf(
  records: readonly ConsentRecord[],
  facts: ClientFacts,
): (published: Permission) => readonly Category[] {
  return (published) => {
    const behind = records.filter(({ consentId }) => published.consentIds.includes(consentId));
    const same = permissionsOf(behind, facts, beforeAllEnds).find((each) => keyText(each) === keyText(published));
    return same?.categories ?? [];
  };
}
