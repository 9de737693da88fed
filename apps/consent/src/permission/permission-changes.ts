import { PermissionChanged, type Category, type ClientId, type InstantText } from '#contracts';
import { expiredOf, type Expired } from './expired.ts';
import { keyText, type Permission } from './permission.ts';

/**
 * The permission last published for a key; no `categories` = nothing is allowed any more. `version` counts up per client.
 */
export interface PublishedPermission extends Permission, Expired {
  readonly version: number;
}

/** What a permission would allow if no consent had expired. */
export type Unended = (published: PublishedPermission) => readonly Category[];

/**
 * What must be published now: each permission that differs from the last published one, and an empty one for each that is
 * gone. `validFrom` says when the permission began, so it alone does not count as a difference.
 */
export function permissionChanges(
  published: readonly PublishedPermission[],
  present: readonly Permission[],
  now: InstantText,
  unended: Unended,
): readonly PublishedPermission[] {
  const before = new Map(published.map((each) => [keyText(each), each]));
  const after = new Map(present.map((each) => [keyText(each), each]));
  const changed = present.filter((each) => substanceOf(each) !== substanceOf(before.get(keyText(each))));
  const gone = published
    .filter((each) => each.categories.length > 0 && !after.has(keyText(each)))
    .map((each) => nothing(each, now));
  const last = Math.max(0, ...published.map((each) => each.version));
  return [...changed, ...gone].map((each, index) => {
    const was = before.get(keyText(each));
    const expired = expiredOf(was, each.categories, was === undefined ? [] : unended(was), now);
    return { ...each, ...expired, version: last + 1 + index };
  });
}

/** The event that publishes it. */
export function toPermissionChanged(clientId: ClientId, permission: PublishedPermission): PermissionChanged {
  return PermissionChanged.of({
    clientId,
    permissionVersion: permission.version,
    recipientOrganizationId: permission.recipientOrganizationId,
    purpose: permission.purpose,
    direction: permission.direction,
    categories: permission.categories,
    returnPath: permission.returnPath,
    consentIds: permission.consentIds,
    validFrom: permission.validFrom,
    ...(permission.validUntil === null ? {} : { validUntil: permission.validUntil }),
    ...(permission.expiredCategories.length === 0 ? {} : { expiredCategories: permission.expiredCategories }),
    ...(permission.expiredAt === null ? {} : { expiredAt: permission.expiredAt }),
    ...(permission.intermediary ? { intermediary: true } : {}),
  });
}

function nothing(was: Permission, now: InstantText): Permission {
  // an expired one shows by its end, which has passed; a revoked one has no end
  const validUntil = was.validUntil !== null && was.validUntil <= now ? was.validUntil : null;
  return { ...was, categories: [], returnPath: 'none', consentIds: [], validFrom: now, validUntil };
}

function substanceOf(permission: Permission | undefined): string {
  if (permission === undefined) return '';
  const { categories, returnPath, consentIds, validUntil, intermediary } = permission;
  return JSON.stringify([categories, returnPath, consentIds, validUntil, intermediary]);
}
