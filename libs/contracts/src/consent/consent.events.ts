import { categories, type Category } from '../codes/category.ts';
import { consentKinds, type ConsentKind } from '../codes/consent-kind.ts';
import { consentMethods, type ConsentMethod } from '../codes/consent-method.ts';
import { directions, type Direction } from '../codes/direction.ts';
import { purposes, type Purpose } from '../codes/purpose.ts';
import { returnPaths, type ReturnPath } from '../codes/return-path.ts';
import { event } from '../envelope.ts';
import { Code, Count, Flag, Id, Instant } from '../fields.ts';
import type { ClientId, ConsentId, ConsentRequestId, InstantText, OrganizationId, ReferralId, TaskId } from '../ids.ts';

abstract class OfConsent {
  @Id() readonly consentId!: ConsentId;
  @Id() readonly clientId!: ClientId;
}

export class ConsentRecorded extends event('consent.recorded', OfConsent) {
  @Code(consentKinds) readonly kind!: ConsentKind;
  @Code(consentMethods) readonly method!: ConsentMethod;
  @Flag() readonly complete!: boolean;
}

export class ConsentRevoked extends event('consent.revoked', OfConsent) {
  @Flag() readonly whole!: boolean;
  @Instant() readonly effectiveAt!: InstantText;
}

/** The client's owner confirms a paper that another organization recorded. */
export class ConsentConfirmed extends event('consent.confirmed', OfConsent) {}

/**
 * A consent ends in `daysLeft` days (30, 7 or 1), and everything that it allows ends with it: it is time to renew it.
 * `organizationId` owns the client, `referralId` is the client's newest referral, `taskIds` are the Tasks with access by
 * this consent.
 */
export class ConsentExpiring extends event('consent.expiring', OfConsent) {
  @Count({ min: 1 }) readonly daysLeft!: number;
  @Instant() readonly endsAt!: InstantText;
  @Id() readonly organizationId!: OrganizationId;
  @Id() readonly referralId!: ReferralId;
  @Id({ list: true }) readonly taskIds!: readonly TaskId[];
}

export class ConsentExpired extends event('consent.expired', OfConsent) {}

/**
 * The complete current answer for (client, recipient, purpose, direction); empty `categories` = nothing is allowed.
 * `permissionVersion` counts up per client: ignore a smaller one than the reader already has.
 */
export class PermissionChanged extends event('consent.permission.changed') {
  @Id() readonly clientId!: ClientId;
  @Count() readonly permissionVersion!: number;
  @Id() readonly recipientOrganizationId!: OrganizationId;
  @Code(purposes) readonly purpose!: Purpose;
  @Code(directions) readonly direction!: Direction;
  @Code(categories, { list: true }) readonly categories!: readonly Category[];
  @Code(returnPaths) readonly returnPath!: ReturnPath;
  @Id({ list: true }) readonly consentIds!: readonly ConsentId[];
  @Instant() readonly validFrom!: InstantText;
  /** With empty `categories`: the consent expired at this instant because nobody renewed it; absent if it was revoked. */
  @Instant({ optional: true }) readonly validUntil?: InstantText;
  /** What a consent allowed until it expired, and no other consent has allowed since. */
  @Code(categories, { list: true, optional: true }) readonly expiredCategories?: readonly Category[];
  /** When the last of them ended. */
  @Instant({ optional: true }) readonly expiredAt?: InstantText;
  /** Set if consent names this recipient as the intermediary (the coordinating organization). */
  @Flag({ optional: true }) readonly intermediary?: boolean;
}

export class ConsentRequestOpened extends event('consent.request.opened') {
  @Id() readonly requestId!: ConsentRequestId;
  @Id() readonly clientId!: ClientId;
  @Id() readonly taskId!: TaskId;
}

export class ConsentRequestClosed extends event('consent.request.closed') {
  @Id() readonly requestId!: ConsentRequestId;
}

/** In no log and no inbox: consent's relay tells each partition that everything up to `asOf` has been sent. */
export class ConsentWatermark extends event('consent.watermark') {
  @Instant() readonly asOf!: InstantText;
}
