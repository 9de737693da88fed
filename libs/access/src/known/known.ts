import { roleHoldsIn, scopeHoldsIn, type OrganizationKind, type Role } from '#contracts';
import type { Actor } from '../actor.ts';

/** What identity has said of a person: where they work, in which roles, and whether they still do. */
export interface KnownPerson {
  readonly organizationId: string;
  readonly networkId: string;
  readonly roles: readonly Role[];
  readonly active: boolean;
}

/** What the directory has said of an organization. */
export interface KnownOrganization {
  readonly networkId: string;
  readonly kind: OrganizationKind;
  readonly active: boolean;
}

/** Of the person and of the organization that a token names; undefined where nobody has said anything. */
export interface Known {
  readonly person: KnownPerson | undefined;
  readonly organization: KnownOrganization | undefined;
}

/**
 * The actor as far as the token still holds: undefined where the person or the organization has ended, or is another
 * than the token says. A role holds if the person still has it and the organization is of its kind. Whoever is not
 * known, as the people of an issuer of one's own, is who the token says.
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
