import type {
  DeliveryChannel,
  DeliveryId,
  DeliveryReason,
  DeliveryState,
  DeliveryView,
  EventId,
  InstantText,
  NetworkId,
  OrganizationId,
  PersonId,
  ReferralId,
  TaskId,
  Template,
} from '#contracts';
import { recordedTable } from '#events';
import type { Delivery } from './delivery.ts';

export interface DeliveryRow {
  readonly delivery_id: DeliveryId;
  readonly event_id: EventId;
  readonly person_id: PersonId;
  readonly channel: DeliveryChannel;
  readonly template: Template;
  readonly referral_id: ReferralId | null;
  readonly task_id: TaskId | null;
  readonly network_id: NetworkId;
  readonly recipient_organization_id: OrganizationId;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly at: InstantText;
  readonly reason: DeliveryReason | null;
}

export const deliveryTable = recordedTable({
  name: 'delivery',
  key: ['delivery_id'],
  columns: [
    'delivery_id',
    'event_id',
    'person_id',
    'channel',
    'template',
    'referral_id',
    'task_id',
    'network_id',
    'recipient_organization_id',
    'state',
    'attempts',
    'at',
    'reason',
  ],
});

export function toDeliveryRow(delivery: Delivery): Readonly<Record<string, unknown>> {
  return {
    delivery_id: delivery.deliveryId,
    event_id: delivery.eventId,
    person_id: delivery.personId,
    channel: delivery.channel,
    template: delivery.template,
    referral_id: delivery.referralId,
    task_id: delivery.taskId,
    network_id: delivery.networkId,
    recipient_organization_id: delivery.recipientOrganizationId,
    state: delivery.state,
    attempts: delivery.attempts,
    at: delivery.at,
    reason: delivery.reason,
  };
}

export function toDelivery(row: DeliveryRow): Delivery {
  return {
    deliveryId: row.delivery_id,
    eventId: row.event_id,
    personId: row.person_id,
    channel: row.channel,
    template: row.template,
    referralId: row.referral_id,
    taskId: row.task_id,
    networkId: row.network_id,
    recipientOrganizationId: row.recipient_organization_id,
    state: row.state,
    attempts: row.attempts,
    at: row.at,
    reason: row.reason,
  };
}

export function toDeliveryView(row: DeliveryRow): DeliveryView {
  return {
    deliveryId: row.delivery_id,
    template: row.template,
    channel: row.channel,
    recipientOrganizationId: row.recipient_organization_id,
    personId: row.person_id,
    state: row.state,
    attempts: row.attempts,
    at: row.at,
    reason: row.reason,
  };
}
