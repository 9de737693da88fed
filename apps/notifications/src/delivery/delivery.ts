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

/** What is to be told: which event, in which words, about what. Ids and codes alone: no client, no need, no agency. */
export interface Notice {
  readonly eventId: EventId;
  readonly template: Template;
  /** Null where it is about no referral: one of the platform itself. */
  readonly referralId: ReferralId | null;
  readonly taskId: TaskId | null;
}

/** One telling of one person on one channel; (event, person, channel) is its key, whatever is replayed. */
export interface Delivery extends Notice {
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

/** How far a delivery is when its transaction commits: in the application it has arrived, elsewhere it waits to be sent. */
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
 * `told` are the people who already have a delivery of the event, on any channel. Channels are fixed by the first delivery
 * of an event; a replay never adds one.
 */
export function planDeliveries(
  notice: Notice,
  recipients: readonly Recipient[],
  channelsOf: (personId: PersonId) => readonly DeliveryChannel[],
  told: ReadonlySet<PersonId>,
  made: { readonly at: InstantText; readonly nextId: () => string },
): readonly Delivery[] {
  return recipients
    .filter((recipient) => !told.has(recipient.personId))
    .flatMap((recipient) => channelsOf(recipient.personId).map((channel) => ({ recipient, channel })))
    .map(({ recipient, channel }) => ({
      ...notice,
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
  return NotificationDelivered.of(whichOf(delivery));
}

/** An attempt that failed; final where the delivery waits for no other. */
export function failed(delivery: Delivery, reason: DeliveryReason): NotificationFailed {
  const { attempts, state } = delivery;
  return NotificationFailed.of({ ...whichOf(delivery), attempts, final: state === 'failed', reason });
}

function whichOf(delivery: Delivery): Omit<NotificationDelivered, 'type'> {
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
