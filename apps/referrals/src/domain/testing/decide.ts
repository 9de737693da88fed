import type { Decision } from '#decider';
import {
  decideAndFold,
  type AnyReferralEvent,
  type Facts,
  type ReferralCommand,
  type ReferralState,
} from '../referral.ts';

/** A decision as most rules are written down: by its events. They stand after what the state already holds. */
export function decide(
  state: ReferralState | null,
  command: ReferralCommand,
  facts: Facts,
): Decision<AnyReferralEvent> {
  const { kind, personId, organizationId, roles } = command.caller;
  const role = kind === 'person' ? (roles[0] ?? 'discharge-planner') : kind;
  const actor = { id: personId, role, organizationId };
  const stream = { version: state === null ? 0 : highestVersion(state), actor };
  const decided = decideAndFold(state, command, facts, stream);
  return decided.kind === 'refused' ? decided : { kind: 'accepted', events: decided.events };
}

function highestVersion({ version, tasks, needs, attachments }: ReferralState): number {
  return Math.max(version, ...[...tasks, ...needs, ...attachments].map((each) => each.version));
}
