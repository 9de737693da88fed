import type { Scope } from '#persistence';
import { hasRole, hasScope, type Actor } from './actor.ts';

/** Rows of the actor's own organization (contract.md §5.2). */
export function tenantScope(actor: Actor): Scope {
  return { kind: 'tenant', organizationId: actor.organizationId, personId: actor.personId };
}

/** Rows of the actor's whole network. Only for roles that coordinate or oversee it. */
export function networkScope(actor: Actor): Scope {
  return {
    kind: 'network',
    networkId: actor.networkId,
    organizationId: actor.organizationId,
    personId: actor.personId,
  };
}

/** Client rows that an open access of the actor's organization allows: only for the packet, labels and client search. */
export function packetScope(actor: Actor): Scope {
  return { kind: 'packet', organizationId: actor.organizationId, personId: actor.personId };
}

/**
 * The scope of a read: the network for a coordinator, a network-admin and a privacy-officer whose token says `network`;
 * for everybody else the rows that their organization may see.
 */
export function readScope(actor: Actor): Scope {
  if (hasRole(actor, 'coordinator', 'network-admin')) return networkScope(actor);
  if (hasRole(actor, 'privacy-officer') && hasScope(actor, 'network')) return networkScope(actor);
  return tenantScope(actor);
}
