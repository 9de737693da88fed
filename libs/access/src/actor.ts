import type { ActorRole, EventActor, NetworkId, OrganizationId, PersonId, Role } from '#contracts';

/**
 * Who asks, as the verified token says (contract.md §6.3): roles are the issuer's word, tenancy is the token's `org`.
 * Ids are lower-case UUIDs, `scopes` the words of the token's `scope`.
 */
export interface Actor {
  readonly personId: PersonId;
  readonly organizationId: OrganizationId;
  readonly networkId: NetworkId;
  readonly roles: readonly Role[];
  readonly scopes: readonly string[];
}

/** Whether the actor holds at least one of the roles. */
export function hasRole(actor: Actor, ...roles: readonly Role[]): boolean {
  return roles.some((role) => actor.roles.includes(role));
}

/**
 * The actor as an event names it. `as` is the role in which it acted, for a person who holds several; without it the
 * first one of the token.
 */
export function eventActor(actor: Actor, as?: Role): EventActor {
  const role = as ?? actor.roles[0];
  if (role === undefined) throw new Error('an actor without a role acts in nothing');
  return { id: actor.personId, role, organizationId: actor.organizationId };
}

/** The house itself as an actor: what `system` and `timer` do has no person and no organization. */
export function systemActor(role: Extract<ActorRole, 'system' | 'timer'>): EventActor {
  return { id: null, role, organizationId: null };
}
