import { categories, type Category } from '../codes/category.ts';
import { directions, type Direction } from '../codes/direction.ts';
import { noticeCodes, type NoticeCode } from '../codes/notice.ts';
import { purposes, type Purpose } from '../codes/purpose.ts';
import { event } from '../envelope.ts';
import { Code, Flag, Id, Instant } from '../fields.ts';
import type {
  AccessId,
  AttachmentId,
  ClientId,
  ConsentId,
  DisclosureId,
  InstantText,
  OrganizationId,
  PersonId,
  TaskId,
} from '../ids.ts';
import { OfReferral } from './referral.events.ts';

/** Why an organization's access to a Task's packet ended (contract.md §5.3). */
export const accessEndCauses = [
  'declined',
  'redirected',
  'withdrawn',
  'expired',
  'entered-in-error',
  'consent',
  'consent-expired',
  'deceased',
] as const;
export type AccessEndCause = (typeof accessEndCauses)[number];

export class AccessGranted extends event('referral.access.granted', OfReferral) {
  @Id() readonly accessId!: AccessId;
  @Id() readonly taskId!: TaskId;
  @Id() readonly clientId!: ClientId;
  @Id() readonly fromOrganizationId!: OrganizationId;
  @Id() readonly toOrganizationId!: OrganizationId;
  @Code(categories, { list: true }) readonly categories!: readonly Category[];
  @Code(purposes) readonly purpose!: Purpose;
  @Id({ list: true }) readonly consentIds!: readonly ConsentId[];
  @Code(noticeCodes, { list: true }) readonly noticeCodes!: readonly NoticeCode[];
}

/**
 * `consent`: it was revoked. `suspends`: the Task is suspended in the same command, and that event notifies the sender.
 * Version 2: `consent-expired`, consent expired. Version 3: `deceased`, the client died.
 */
export class AccessEnded extends event('referral.access.ended', OfReferral, 3) {
  @Id() readonly accessId!: AccessId;
  @Id() readonly taskId!: TaskId;
  @Id() readonly clientId!: ClientId;
  @Code(accessEndCauses) readonly cause!: AccessEndCause;
  @Flag({ optional: true }) readonly suspends?: boolean;
  /** When consent ended, if it expired. */
  @Instant({ optional: true }) readonly consentEndedAt?: InstantText;
}

/**
 * One opening of a packet, which is a disclosure of its own. `first`: nobody of this organization had opened it before.
 * `attachmentIds`: those whose bytes were handed over; absent if there were none.
 */
export class PacketOpened extends event('referral.packet.opened', OfReferral) {
  @Id() readonly disclosureId!: DisclosureId;
  @Id() readonly taskId!: TaskId;
  @Id() readonly clientId!: ClientId;
  @Id() readonly fromOrganizationId!: OrganizationId;
  @Id() readonly toOrganizationId!: OrganizationId;
  @Code(directions) readonly direction!: Direction;
  @Id() readonly readerId!: PersonId;
  @Code(categories, { list: true }) readonly categories!: readonly Category[];
  @Code(purposes) readonly purpose!: Purpose;
  @Id({ list: true }) readonly consentIds!: readonly ConsentId[];
  @Code(noticeCodes, { list: true }) readonly noticeCodes!: readonly NoticeCode[];
  @Flag() readonly first!: boolean;
  @Id({ list: true, optional: true }) readonly attachmentIds?: readonly AttachmentId[];
}

export type AccessEvent = AccessGranted | AccessEnded | PacketOpened;
