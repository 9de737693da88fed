import { deliveryChannels, type DeliveryChannel } from '../codes/delivery-channel.ts';
import { deliveryStates, type DeliveryState } from '../codes/delivery-state.ts';
import { languages, type Language } from '../codes/language.ts';
import { reasonCodes, type ReasonCode } from '../codes/reason.ts';
import { Code, Count, Flag, Id, Instant, Nested, Text } from '../fields.ts';
import type { DeliveryId, InstantText, OrganizationId, PersonId, ReferralId, TaskId } from '../ids.ts';
import { deliveryReasons, templates, type DeliveryReason, type Template } from './template.ts';

export class NotificationWords {
  @Text() readonly en!: string;
  @Text() readonly es!: string;
}

/** `taskId` is null if it is about the whole referral; `referralId` too if it is about no referral: `ledger-broken`. */
export class NotificationView {
  @Id() readonly notificationId!: string;
  @Code(templates) readonly template!: Template;
  @Id({ nullable: true }) readonly taskId!: TaskId | null;
  @Id({ nullable: true }) readonly referralId!: ReferralId | null;
  @Instant() readonly at!: InstantText;
  @Instant({ nullable: true }) readonly readAt!: InstantText | null;
  @Code(reasonCodes, { nullable: true }) readonly reason!: ReasonCode | null;
  @Instant({ nullable: true }) readonly consentEndedAt!: InstantText | null;
  @Nested(() => NotificationWords) readonly words!: NotificationWords;
}

/** How many notifications became read, and the instant that all of them have as `readAt`. */
export class NotificationsReadView {
  @Count() readonly count!: number;
  @Instant() readonly readAt!: InstantText;
}

/** Proof of who was notified, on which channel; `reason` says why the last attempt failed. */
export class DeliveryView {
  @Id() readonly deliveryId!: DeliveryId;
  @Code(templates) readonly template!: Template;
  @Code(deliveryChannels) readonly channel!: DeliveryChannel;
  @Id() readonly recipientOrganizationId!: OrganizationId;
  @Id() readonly personId!: PersonId;
  @Code(deliveryStates) readonly state!: DeliveryState;
  @Count() readonly attempts!: number;
  @Instant() readonly at!: InstantText;
  @Code(deliveryReasons, { nullable: true }) readonly reason!: DeliveryReason | null;
}

export class PreferencesView {
  @Flag() readonly email!: boolean;
  @Code(languages) readonly language!: Language;
}

/** An e-mail that the built-in catcher received instead of a mail server: only in demo mode. */
export class DemoMailView {
  @Text({ format: 'email' }) readonly to!: string;
  @Text() readonly subject!: string;
  @Text() readonly text!: string;
  @Instant() readonly at!: InstantText;
}
