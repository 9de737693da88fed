declare const noun: unique symbol;
/** A lower-case UUID (v7 if we made it) branded with its noun: a TaskId is not assignable to a ReferralId. */
type IdOf<Noun extends string> = string & { readonly [noun]?: Noun };

export type ReferralId = IdOf<'referral'>;
export type ServiceRequestId = IdOf<'service-request'>;
export type TaskId = IdOf<'task'>;
export type ClientId = IdOf<'client'>;
export type OrganizationId = IdOf<'organization'>;
export type HealthcareServiceId = IdOf<'healthcare-service'>;
export type PersonId = IdOf<'person'>;
export type NetworkId = IdOf<'network'>;
export type AreaId = IdOf<'area'>;
export type MessageId = IdOf<'message'>;
export type ConsentId = IdOf<'consent'>;
export type ConsentRequestId = IdOf<'consent-request'>;
export type AccessId = IdOf<'access'>;
export type DisclosureId = IdOf<'disclosure'>;
export type AttachmentId = IdOf<'attachment'>;
export type DraftId = IdOf<'draft'>;
export type DeliveryId = IdOf<'delivery'>;
export type EventId = IdOf<'event'>;

/** ISO 8601 UTC with milliseconds and `Z`, so that text order is time order. */
export type InstantText = string;
/** `YYYY-MM-DD`. */
export type DayText = string;
