import { ClientContactChanged } from '#contracts';
import { accepted, type Decision } from '#decider';
import type { Caller } from '../model/command.ts';
import type { FactsWith } from '../model/facts.ts';
import type { AnyReferralEvent, ReferralState } from '../model/state.ts';
import { omitAbsent } from '../model/omit-absent.ts';
import { roleRefused } from '../model/refusal.ts';
import { anyWay, isSameRule, type ContactRule } from '../model/contact.ts';

/**
 * How the client may be reached, as each of their referrals reports it, so that nobody has to open a packet to know. No
 * event if the stream reported the same before, or if the client may be reached in any way and always might.
 */
export function contactChanges(
  { referralId, clientId, contact = anyWay }: Pick<ReferralState, 'referralId' | 'clientId' | 'contact'>,
  rule: ContactRule = anyWay,
): readonly ClientContactChanged[] {
  if (isSameRule(contact, rule)) return [];
  const { prohibited, channels } = rule;
  return [ClientContactChanged.of({ referralId, clientId, prohibited, ...omitAbsent({ channels }) })];
}

/** The platform reports it after the sender's correction. */
export function reportContact(
  state: ReferralState,
  caller: Caller,
  { contact }: FactsWith<'contact'>,
): Decision<AnyReferralEvent> {
  return caller.kind === 'system' ? accepted(contactChanges(state, contact)) : roleRefused(state, 'tell-contact');
}
