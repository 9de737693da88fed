import { deliveryChannels, type DeliveryChannel } from '../codes/delivery-channel.ts';
import { event } from '../envelope.ts';
import { Code, Count, Flag, Id } from '../fields.ts';
import type { DeliveryId, OrganizationId, PersonId, TaskId } from '../ids.ts';
import { deliveryReasons, templates, type DeliveryReason, type Template } from './template.ts';

abstract class OfDelivery {
  @Id() readonly deliveryId!: DeliveryId;
  @Id({ optional: true }) readonly taskId?: TaskId;
  @Code(deliveryChannels) readonly channel!: DeliveryChannel;
  @Code(templates) readonly template!: Template;
  @Id() readonly recipientOrganizationId!: OrganizationId;
  @Id() readonly personId!: PersonId;
}

/** Versions 2 and 3: more templates. */
export class NotificationDelivered extends event('notification.delivered', OfDelivery, 3) {}

/** Versions 2 and 3: more templates. */
export class NotificationFailed extends event('notification.failed', OfDelivery, 3) {
  @Count() readonly attempts!: number;
  @Flag() readonly final!: boolean;
  @Code(deliveryReasons) readonly reason!: DeliveryReason;
}
