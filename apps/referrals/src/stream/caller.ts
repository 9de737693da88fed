import type { Actor } from '#access';
import type { Caller } from '../domain/referral.ts';

/** A person (or a hospital's own system) as the domain sees them. */
export function callerOf(actor: Actor): Caller {
  return { personId: actor.personId, organizationId: actor.organizationId, roles: actor.roles, kind: 'person' };
}

/** The platform itself, for a rule or a timer. */
export function systemCaller(kind: 'system' | 'timer'): Caller {
  return { personId: null, organizationId: null, roles: [], kind };
}
