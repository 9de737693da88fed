import type { OrganizationKind } from './organization-kind.ts';
import type { Role } from './role.ts';

const everyKind: readonly OrganizationKind[] = ['hospital', 'agency', 'coordinating-body'];

/**
 * In which kinds of organizations a role is valid, whatever a token says. A role of the house is valid in none that the
 * directory knows: an operator belongs to the house and to no member of a network.
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

/** Scopes of a token that are valid only in some kinds of organizations; every other scope is its client's own. */
export const kindsOfScope: Readonly<Record<string, readonly OrganizationKind[]>> = { network: ['coordinating-body'] };

/** Whether a role holds in an organization of this kind. */
export function roleHoldsIn(role: Role, kind: OrganizationKind): boolean {
  return kindsOfRole[role].includes(kind);
}

/** Whether a scope holds in an organization of this kind. */
export function scopeHoldsIn(scope: string, kind: OrganizationKind): boolean {
  return !Object.hasOwn(kindsOfScope, scope) || kindsOfScope[scope]?.includes(kind) === true;
}
