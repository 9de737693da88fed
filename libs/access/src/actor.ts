import type { ActorRole, EventActor, NetworkId, OrganizationId, PersonId, Role, TokenScope } from '#contracts';

/**
 * Who makes the request, as the verified token says (contract.md §6.3): the issuer decides the roles, and the token's
 * `org` decides the tenant. Ids are lower-case UUIDs; `scopes` are the words of the token's `scope`.
 */
export interface Actor {
  readonly personId: PersonId;
  readonly organizationId: OrganizationId;
  readonly networkId: NetworkId;
  readonly roles: readonly Role[];
  readonly scopes: readonly string[];
}

/** Tells whether the actor holds at least one of the roles. */
export function hasRole(actor: Actor, ...roles: readonly Role[]): boolean {
  return roles.some((role) => actor.roles.includes(role));
}

/** Tells whether the actor's token has the scope. */
export function hasScope(actor: Actor, scope: TokenScope): boolean {
  return actor.scopes.includes(scope);
}

/**
 * The actor in the form that events use. `as` is the role in which a person with several roles acted; by default the
 * first role of the token.
 */
export function eventActor(actor: Actor, as?: Role): EventActor {
  const role = as ?? actor.roles[0];
  if (role === undefined) throw new Error('an actor needs at least one role');
  return { id: actor.personId, role, organizationId: actor.organizationId };
}

/** The platform itself as an actor: `system` and `timer` act without a person and an organization. */
export function systemActor(role: Extract<ActorRole, 'system' | 'timer'>): EventActor {
  return { id: null, role, organizationId: null };
}
