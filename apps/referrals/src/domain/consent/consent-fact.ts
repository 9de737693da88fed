import type { InstantText, Purpose, OrganizationId } from '#contracts';
import type { ConsentFact } from '../model/facts.ts';
import { holdsNow, type Permission } from './permission.ts';

/** What referrals disclose for; a consent fact says it where there is one. */
export const purposeOfReferral: Purpose = 'care-coordination';

/** What consent allows an organization to be sent for the referral's purpose, cut to now. */
export function consentFact(
  permissions: readonly Permission[],
  organizationId: OrganizationId,
  now: InstantText,
): ConsentFact | null {
  return toFact(permissionFor(permissions, organizationId, now));
}

/** The same for the coordinating organization, which reads only where a consent names it as intermediary. */
export function coordinatorFact(
  permissions: readonly Permission[],
  organizationId: OrganizationId,
  now: InstantText,
): ConsentFact | null {
  const permission = permissionFor(permissions, organizationId, now);
  return permission?.intermediary === true ? toFact(permission) : null;
}

/** The `send` permission of an organization as it holds now. */
export function permissionFor(
  permissions: readonly Permission[],
  organizationId: OrganizationId,
  now: InstantText,
  purpose: Purpose = purposeOfReferral,
): Permission | undefined {
  return holdsNow(
    permissions.find(
      (each) =>
        each.recipientOrganizationId === organizationId && each.purpose === purpose && each.direction === 'send',
    ),
    now,
  );
}

function toFact(permission: Permission | undefined): ConsentFact | null {
  if (permission === undefined) return null;
  return {
    fresh: true,
    categories: permission.categories,
    purpose: permission.purpose,
    returnPath: permission.returnPath,
    consentIds: permission.consentIds,
    validUntil: permission.validUntil,
  };
}
