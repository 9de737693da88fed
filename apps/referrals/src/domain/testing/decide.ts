import type { Decision } from '#decider';
import { assumedPlace } from '../evolve/unfold.ts';
import { anyWay } from '../model/contact.ts';
import {
  decideAndFold,
  type AnyReferralEvent,
  type Facts,
  type ReferralCommand,
  type ReferralState,
} from '../referral.ts';

/** Facts as a rule test gives them: those that matter to it. */
export type SomeFacts = Pick<Facts, 'now' | 'newId' | 'policy'> & Partial<Facts>;

/** All facts: what a test does not give was looked up and is not there. */
export function completed(facts: SomeFacts): Facts {
  return {
    ...{ clientDied: false, contact: anyWay, service: null, owner: null, consent: null, consentExpiredAt: null },
    ...{ coordinatingOrganizationId: null, coordinatorConsent: null, coordinatorConsentExpiredAt: null },
    ...{ eligible: [], candidates: [], sendings: new Map(), delivered: false },
    ...facts,
  };
}

/** A decision as most rules are written down: by its events. They stand after what the state already holds. */
export function decide(
  state: ReferralState | null,
  command: ReferralCommand,
  facts: SomeFacts,
): Decision<AnyReferralEvent> {
  const decided = decideAndFold(state, command, completed(facts), assumedPlace(state, command.caller));
  return decided.kind === 'refused' ? decided : { kind: 'accepted', events: decided.events };
}
