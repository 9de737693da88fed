import { roleHoldsIn, scopeHoldsIn, type OrganizationKind, type Role } from '#contracts';
import type { Actor } from '../actor.ts';

/** What identity has published about a person: where they work, in which roles, and whether they are active. */
export interface KnownPerson {
  readonly organizationId: string;
  readonly networkId: string;
  readonly roles: readonly Role[];
  readonly active: boolean;
}

/** What the directory has published about an organization. */
export interface KnownOrganization {
  readonly networkId: string;
  readonly kind: OrganizationKind;
  readonly active: boolean;
}

/** The facts about the person and the organization of a token; undefined if nothing was published. */
export interface Known {
  readonly person: KnownPerson | undefined;
  readonly organization: KnownOrganization | undefined;
}

/**
 * Returns the part of the actor that is still valid. Undefined if the person or the organization is no longer active, or
 * differs from the token. A role is valid if the person still has it and the organization is of its kind. For an unknown
 * person, as with an external issuer, the token decides.
 */
export function stillHeld(actor: Actor, { person, organization }: Known): Actor | undefined {
  if (person !== undefined && !isWhere(actor, person)) return undefined;
  if (organization !== undefined && !(organization.active && organization.networkId === actor.networkId)) {
    return undefined;
  }
  const kind = organization?.kind;
  return {
    ...actor,
    roles: actor.roles.filter(
      (role) => (person === undefined || person.roles.includes(role)) && (!kind || roleHoldsIn(role, kind)),
    ),
    scopes: kind === undefined ? actor.scopes : actor.scopes.filter((scope) => scopeHoldsIn(scope, kind)),
  };
}

function isWhere(actor: Actor, person: KnownPerson): boolean {
  return person.active && person.organizationId === actor.organizationId && person.networkId === actor.networkId;
}
