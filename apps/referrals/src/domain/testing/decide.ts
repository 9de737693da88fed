import type { Decision } from '#decider';
import { assumedPlace } from '../evolve/unfold.ts';
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
  const decided = decideAndFold(state, command, facts, assumedPlace(state, command.caller));
  return decided.kind === 'refused' ? decided : { kind: 'accepted', events: decided.events };
}
