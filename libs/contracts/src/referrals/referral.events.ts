import { closeCodes, type CloseCode } from '../codes/close-code.ts';
import { contactChannels, type ContactChannel } from '../codes/contact-channel.ts';
import { deathUndoReasons, type DeathUndoReason } from '../codes/death-undo-reason.ts';
import { needs, type Need } from '../codes/need.ts';
import { priorities, type Priority } from '../codes/priority.ts';
import { releasedReasonCodes, type ReasonCode } from '../codes/reason.ts';
import { results, type NeedResult } from '../codes/result.ts';
import { event } from '../envelope.ts';
import { Code, Count, Flag, Id, Instant } from '../fields.ts';
import type {
  AreaId,
  ClientId,
  HealthcareServiceId,
  InstantText,
  NetworkId,
  OrganizationId,
  ReferralId,
  ServiceRequestId,
  TaskId,
} from '../ids.ts';

/** Every `referral.*` event names the referral of its stream. */
export abstract class OfReferral {
  @Id() readonly referralId!: ReferralId;
}

export class ReferralCreated extends event('referral.created', OfReferral) {
  @Id() readonly clientId!: ClientId;
  @Id() readonly senderOrganizationId!: OrganizationId;
  @Id() readonly networkId!: NetworkId;
  @Code(priorities) readonly priority!: Priority;
  @Instant({ optional: true }) readonly neededBy?: InstantText;
}

export class ReferralChanged extends event('referral.changed', OfReferral) {
  @Code(priorities) readonly priority!: Priority;
  @Instant({ optional: true }) readonly neededBy?: InstantText;
}

export class ReferralClosed extends event('referral.closed', OfReferral) {
  @Code(closeCodes) readonly closeCode!: CloseCode;
  @Count() readonly metCount!: number;
  @Count() readonly partlyMetCount!: number;
  @Count() readonly unmetCount!: number;
}

export class ReferralReopened extends event('referral.reopened', OfReferral) {}

export class NeedAdded extends event('referral.need.added', OfReferral) {
  @Id() readonly serviceRequestId!: ServiceRequestId;
  @Code(needs) readonly need!: Need;
  @Id() readonly areaId!: AreaId;
}

/** `result` in-play takes a settlement back (a re-opened Task). `byHand`: a person settled it, not the end of its Tasks. */
export class NeedSettled extends event('referral.need.settled', OfReferral) {
  @Id() readonly serviceRequestId!: ServiceRequestId;
  @Code(results) readonly result!: NeedResult;
  @Code(releasedReasonCodes, { optional: true }) readonly reason?: ReasonCode;
  @Flag({ optional: true }) readonly byHand?: boolean;
}

/**
 * `healthcareServiceIds`: the candidates by rank, without parked organizations; empty if none is left. `quiet`: the
 * sender must not know of the end that caused it, so the sender is not notified of the proposal either.
 */
export class RerouteProposed extends event('referral.reroute.proposed', OfReferral) {
  @Id() readonly serviceRequestId!: ServiceRequestId;
  @Id() readonly afterTaskId!: TaskId;
  @Id({ list: true }) readonly healthcareServiceIds!: readonly HealthcareServiceId[];
  @Flag() readonly auto!: boolean;
  @Flag({ optional: true }) readonly quiet?: boolean;
  @Instant() readonly rerouteBy!: InstantText;
}

/**
 * The client died, as somebody of this referral reported, or of another referral of the same client. Everything open ends
 * with it, and nothing is sent until it is taken back.
 */
export class ClientDied extends event('referral.client.died', OfReferral) {
  @Id() readonly clientId!: ClientId;
}

/**
 * In the stream where the death was first reported: the sender took it back. What ended stays ended until it is reopened.
 */
export class ClientDeathUndone extends event('referral.client.death-undone', OfReferral) {
  @Id() readonly clientId!: ClientId;
  @Code(deathUndoReasons) readonly reason!: DeathUndoReason;
}

/**
 * How the client may be reached: sent with a referral if not every way is allowed, and in each of the client's referrals
 * after a change. Without `channels`: in any way; empty: in none, so ask the sender.
 */
export class ClientContactChanged extends event('referral.client.contact-changed', OfReferral) {
  @Id() readonly clientId!: ClientId;
  @Flag() readonly prohibited!: boolean;
  @Code(contactChannels, { list: true, optional: true }) readonly channels?: readonly ContactChannel[];
}

export type ReferralEvent =
  | ReferralCreated
  | ReferralChanged
  | ReferralClosed
  | ReferralReopened
  | NeedAdded
  | NeedSettled
  | RerouteProposed
  | ClientDied
  | ClientDeathUndone
  | ClientContactChanged;
