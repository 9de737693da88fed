import { hasRole, networkScope, tenantScope, type Actor } from '#access';
import type { Scope } from '#persistence';

/**
 * Planners, administrators and privacy officers see what their organization discloses. A person who is only a coordinator
 * sees consents that name the coordinating organization (contract.md §5.2).
 */
export function consentScope(actor: Actor): Scope {
  return seesEvidence(actor) ? tenantScope(actor) : networkScope(actor);
}

/** A coordinator is not shown the evidence (contract.md §2.3). */
export function seesEvidence(actor: Actor): boolean {
  return hasRole(actor, 'discharge-planner', 'organization-admin', 'privacy-officer');
}
