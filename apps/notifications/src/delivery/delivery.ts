import {
  NotificationDelivered,
  NotificationFailed,
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

/** What a notification is about: the event, the template, the Task. Only ids and codes: no client, no need, no agency. */
export interface NotificationContent {
  readonly eventId: EventId;
  readonly template: Template;
  /** Null for a notification about the platform itself, which belongs to no referral. */
  readonly referralId: ReferralId | null;
  readonly taskId: TaskId | null;
}

/** One notification of one person on one channel. Its key is (event, person, channel), so a replay adds none. */
export interface Delivery extends NotificationContent {
  readonly deliveryId: DeliveryId;
  readonly personId: PersonId;
  readonly networkId: NetworkId;
  readonly recipientOrganizationId: OrganizationId;
  readonly channel: DeliveryChannel;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly at: InstantText;
  readonly reason: DeliveryReason | null;
}

/** The state of a delivery when its transaction commits: in the application it has arrived, a mail waits to be sent. */
const atFirst: Readonly<Record<DeliveryChannel, Pick<Delivery, 'state' | 'attempts'>>> = {
  'in-app': { state: 'sent', attempts: 1 },
  email: { state: 'waiting', attempts: 0 },
};

interface Recipient {
  readonly personId: PersonId;
  readonly networkId: NetworkId;
  readonly organizationId: OrganizationId;
}

/**
 * `notified` are the people who already have a delivery of the event, on any channel. Channels are fixed by the first delivery
 * of an event; a replay never adds one.
 */
export function planDeliveries(
  content: NotificationContent,
  recipients: readonly Recipient[],
  channelsOf: (personId: PersonId) => readonly DeliveryChannel[],
  notified: ReadonlySet<PersonId>,
  made: { readonly at: InstantText; readonly nextId: () => string },
): readonly Delivery[] {
  return recipients
    .filter((recipient) => !notified.has(recipient.personId))
    .flatMap((recipient) => channelsOf(recipient.personId).map((channel) => ({ recipient, channel })))
    .map(({ recipient, channel }) => ({
      ...content,
      deliveryId: made.nextId(),
      personId: recipient.personId,
      networkId: recipient.networkId,
      recipientOrganizationId: recipient.organizationId,
      channel,
      ...atFirst[channel],
      at: made.at,
      reason: null,
    }));
}

export function delivered(delivery: Delivery): NotificationDelivered {
  return NotificationDelivered.of(fieldsOfEvent(delivery));
}

/** An attempt that failed; `final` if no other attempt follows. */
export function failed(delivery: Delivery, reason: DeliveryReason): NotificationFailed {
  const { attempts, state } = delivery;
  return NotificationFailed.of({ ...fieldsOfEvent(delivery), attempts, final: state === 'failed', reason });
}

function fieldsOfEvent(delivery: Delivery): Omit<NotificationDelivered, 'type'> {
  const { deliveryId, taskId, channel, template, recipientOrganizationId, personId } = delivery;
  return {
    deliveryId,
    ...(taskId === null ? {} : { taskId }),
    channel,
    template,
    recipientOrganizationId,
    personId,
  };
}
