import type { Category } from '#contracts/codes/category';
import type { ReturnPath } from '#contracts/codes/return-path';

/** What one agency may learn, and what it may report back. */
export interface PermissionFacts {
  readonly agency: string;
  /** The organization that the agency may report to. */
  readonly sender: string;
  readonly categories: readonly Category[];
  readonly returnPath: ReturnPath;
  /** The last day; null where it is not limited. */
  readonly until: string | null;
  /** The day on which it ended, for a permission that is over. */
  readonly endedOn?: string | null;
}

type Part =
  | { readonly says: 'nothing' }
  | { readonly says: 'send'; readonly categories: readonly Category[] }
  | { readonly says: 'send-until'; readonly categories: readonly Category[]; readonly day: string }
  | { readonly says: 'return'; readonly path: ReturnPath }
  | { readonly says: 'expired'; readonly day: string };

/** The sentences of a permission, in their order. Who learns nothing reports nothing back. */
export function sentencesOf(facts: PermissionFacts): readonly Part[] {
  const { categories, returnPath, until, endedOn = null } = facts;
  if (endedOn !== null) return [{ says: 'expired', day: endedOn }];
  if (categories.length === 0) return [{ says: 'nothing' }];
  return [
    until === null ? { says: 'send', categories } : { says: 'send-until', categories, day: until },
    { says: 'return', path: returnPath },
  ];
}
