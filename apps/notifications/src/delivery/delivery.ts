import {
  NotificationDelivered,
  type DeliveryChannel,
  type DeliveryId,
  type DeliveryReason,
  type DeliveryState,
  type EventId,
  type InstantText,
  type NetworkId,
  type OrganizationId,
  type PersonId,
  type ReferralId,
  type TaskId,
  type Template,
} from '#contracts';

/** What is to be told: which event, in which words, about what. Ids and codes alone: no client, no need, no agency. */
export interface Notice {
  readonly eventId: EventId;
  readonly template: Template;
  readonly referralId: ReferralId;
  readonly taskId: TaskId | null;
  readonly networkId: NetworkId;
}

/** One telling of one person on one channel; (event, person, channel) is its key, whatever is replayed. */
export interface Delivery extends Notice {
  readonly deliveryId: DeliveryId;
  readonly personId: PersonId;
  readonly recipientOrganizationId: OrganizationId;
  readonly channel: DeliveryChannel;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly at: InstantText;
  readonly reason: DeliveryReason | null;
}

/** How far a delivery is when its transaction commits: in the application it has arrived, elsewhere it waits to be sent. */
const atFirst: Readonly<Record<DeliveryChannel, Pick<Delivery, 'state' | 'attempts'>>> = {
  'in-app': { state: 'sent', attempts: 1 },
  email: { state: 'waiting', attempts: 0 },
};

interface Recipient {
  readonly personId: PersonId;
  readonly organizationId: OrganizationId;
}

/** Told before: keys of the event's deliveries that exist already, as {@link deliveryKey} writes them. */
export function planDeliveries(
  notice: Notice,
  recipients: readonly Recipient[],
  channels: readonly DeliveryChannel[],
  told: ReadonlySet<string>,
  made: { readonly at: InstantText; readonly nextId: () => string },
): readonly Delivery[] {
  return recipients
    .flatMap((recipient) => channels.map((channel) => ({ recipient, channel })))
    .filter(({ recipient, channel }) => !told.has(deliveryKey(recipient.personId, channel)))
    .map(({ recipient, channel }) => ({
      ...notice,
      deliveryId: made.nextId(),
      personId: recipient.personId,
      recipientOrganizationId: recipient.organizationId,
      channel,
      ...atFirst[channel],
      at: made.at,
      reason: null,
    }));
}

/** Within one event. */
export function deliveryKey(personId: PersonId, channel: DeliveryChannel): string {
  return `${personId} ${channel}`;
}

export function delivered(delivery: Delivery): NotificationDelivered {
  return NotificationDelivered.of({
    deliveryId: delivery.deliveryId,
    ...(delivery.taskId === null ? {} : { taskId: delivery.taskId }),
    channel: delivery.channel,
    template: delivery.template,
    recipientOrganizationId: delivery.recipientOrganizationId,
    personId: delivery.personId,
  });
}
