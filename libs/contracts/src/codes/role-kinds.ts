import type { OrganizationKind } from './organization-kind.ts';
import type { Role } from './role.ts';

const everyKind: readonly OrganizationKind[] = ['hospital', 'agency', 'coordinating-body'];

/**
 * The kinds of organizations in which a role is valid, whatever a token says. An operator's role is valid in no
 * organization of the directory: an operator belongs to the platform and not to a member of a network.
 */
export const kindsOfRole: Readonly<Record<Role, readonly OrganizationKind[]>> = {
  'discharge-planner': ['hospital'],
  'intake-worker': ['agency'],
  'organization-admin': everyKind,
  coordinator: ['coordinating-body'],
  'network-admin': ['coordinating-body'],
  'privacy-officer': everyKind,
  'system-client': everyKind,
  'platform-operator': [],
};

/** Token scopes that are valid only in some kinds of organizations; every other scope belongs to its client. */
export const kindsOfScope: Readonly<Record<string, readonly OrganizationKind[]>> = { network: ['coordinating-body'] };

/** Tells whether a role is valid in an organization of this kind. */
export function roleHoldsIn(role: Role, kind: OrganizationKind): boolean {
  return kindsOfRole[role].includes(kind);
}

/** Tells whether a scope is valid in an organization of this kind. */
export function scopeHoldsIn(scope: string, kind: OrganizationKind): boolean {
  return !Object.hasOwn(kindsOfScope, scope) || kindsOfScope[scope]?.includes(kind) === true;
}
