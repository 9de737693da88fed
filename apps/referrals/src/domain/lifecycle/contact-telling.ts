import { ClientContactChanged } from '#contracts';
import { accepted, type Decision } from '#decider';
import type { Caller } from '../model/command.ts';
import type { FactsWith } from '../model/facts.ts';
import type { AnyReferralEvent, ReferralState } from '../model/state.ts';
import { omitAbsent } from '../model/omit-absent.ts';
import { roleRefused } from '../model/refusal.ts';
import { anyWay, isSameRule, type ContactRule } from '../model/contact.ts';

/**
 * What is told of how the client may be reached, in each of their referrals: who has to do with one learns it without
 * opening a packet. Nothing where it was told already, or is in any way and never was not.
 */
export function tellingContact(
  { referralId, clientId, contact = anyWay }: Pick<ReferralState, 'referralId' | 'clientId' | 'contact'>,
  rule: ContactRule = anyWay,
): readonly ClientContactChanged[] {
  if (isSameRule(contact, rule)) return [];
  const { prohibited, channels } = rule;
  return [ClientContactChanged.of({ referralId, clientId, prohibited, ...omitAbsent({ channels }) })];
}

/** By the platform, once the sender has corrected it. */
export function tellContact(
  state: ReferralState,
  caller: Caller,
  { contact }: FactsWith<'contact'>,
): Decision<AnyReferralEvent> {
  return caller.kind === 'system' ? accepted(tellingContact(state, contact)) : roleRefused(state, 'tell-contact');
}
