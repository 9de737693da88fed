import { Inject, Injectable } from '@nestjs/common';
import type { DeliveryChannel, EventId, InstantText, OrganizationId, ReferralId, TaskId } from '#contracts';
import { atOnce, IDS, type Ids, type Recording, type TimerChange } from '#events';
import type { Tx } from '#persistence';
import { audienceOf } from '../audience/audience.ts';
import { partiesOf, type Known } from '../audience/known.ts';
import { KnownQueries } from '../audience/known.queries.ts';
import type { Recipient } from '../audience/addressee.ts';
import type { NotificationRule, Why } from '../audience/notification-rule.ts';
import { deliveryTable, toDeliveryRow } from '../delivery/delivery.rows.ts';
import { DeliveryQueries } from '../delivery/delivery.queries.ts';
import { delivered, planDeliveries, type Delivery } from '../delivery/delivery.ts';
import { sendMail } from '../mail/send-mail.ts';
import { notificationTable, toNotificationRow } from '../notification/notification.rows.ts';
import { PreferenceQueries } from '../preference/preference.queries.ts';
import { lookAgain, tellLater, type LateTelling } from './tell-later.ts';

/** The application always tells; a mail goes beside it, never instead of it. */
const channels = {
  usual: ['in-app'],
  withMail: ['in-app', 'email'],
} as const satisfies Record<string, readonly DeliveryChannel[]>;

/** One telling of one event, with what is known of its referral. */
export interface Occasion {
  readonly eventId: EventId;
  readonly taskId: TaskId | null;
  readonly telling: NotificationRule;
  readonly known: Known;
  readonly correlationId: string;
  /** How often we looked for an audience before. */
  readonly tries: number;
  readonly now: InstantText;
}

/** A message of the platform itself, about no referral. */
export type SystemOccasion = Omit<Occasion, 'known' | 'taskId'>;

type About = Omit<Occasion, 'known'> & { readonly referralId: ReferralId | null };

export type Told = Required<Pick<Recording, 'events' | 'rows' | 'timers'>>;

/** Finds the audience of an event and says what is to be recorded: deliveries, their facts, and what must be told later. */
@Injectable()
export class TellingService {
  constructor(
    private readonly known: KnownQueries,
    private readonly deliveries: DeliveryQueries,
    private readonly preferences: PreferenceQueries,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /** Throws for an unknown referral or Task: parking the event is better than notifying too few people. */
  async tell(tx: Tx, occasion: Occasion): Promise<Told> {
    const { taskId, telling, known } = occasion;
    const { referral } = known;
    const parties = partiesOf(known, taskId);
    if (referral === null || parties === undefined)
      throw new Error(
        'Unknown referral or Task: this group missed earlier events. Rebuild `notifications`, then redrive.',
      );
    const organizationIds = [parties.senderOrganizationId, ...(parties.task?.agencyIds ?? [])];
    const people = await this.known.peopleAround(tx, referral.networkId, organizationIds);
    const { recipients, undelivered } = audienceOf(telling, parties, people);
    const told = await this.tellEach(tx, { ...occasion, referralId: referral.referralId }, recipients);
    return { ...told, timers: [...told.timers, ...later(occasion, { to: undelivered })] };
  }

  /** A message of the platform itself: to the privacy officers of these organizations, and to all where none of these has one. */
  async tellOfficers(tx: Tx, occasion: SystemOccasion, officersOf: readonly OrganizationId[]): Promise<Told> {
    const own = officersOf.length === 0 ? [] : await this.known.peopleOfRole(tx, 'privacy-officer', officersOf);
    const officers = own.length > 0 ? own : await this.known.peopleOfRole(tx, 'privacy-officer', null);
    const told = await this.tellEach(tx, { ...occasion, taskId: null, referralId: null }, officers);
    const again = officers.length > 0 ? [] : later({ ...occasion, taskId: null }, { to: [], officersOf });
    return { ...told, timers: [...told.timers, ...again] };
  }

  private async tellEach(
    tx: Tx,
    { eventId, telling, referralId, taskId, now, correlationId }: About,
    recipients: readonly Recipient[],
  ): Promise<Told> {
    const wished = await this.preferences.mailsWished(
      tx,
      recipients.map((each) => each.personId),
    );
    const planned = planDeliveries(
      { eventId, template: telling.template, referralId, taskId },
      recipients,
      (personId) => (wished.has(personId) ? channels.withMail : channels.usual),
      await this.deliveries.told(tx, eventId),
      { at: now, nextId: () => this.ids.next() },
    );
    return { ...recorded(planned, telling.why), timers: toSend(planned, correlationId) };
  }
}

function recorded(planned: readonly Delivery[], why: Why | undefined): Pick<Told, 'events' | 'rows'> {
  if (planned.length === 0) return { events: [], rows: [] };
  const arrived = planned.filter((each) => each.state === 'sent');
  const inApp = planned.filter((each) => each.channel === 'in-app');
  return {
    events: arrived.map((each) => ({ event: delivered(each), subject: `delivery/${each.deliveryId}` })),
    rows: [
      { table: deliveryTable, rows: planned.map(toDeliveryRow) },
      { table: notificationTable, rows: inApp.map((each) => ({ ...toNotificationRow(each, why) })) },
    ],
  };
}

// Sent after the commit, by a timer that is due at once: no server is spoken to while a transaction is open.
function toSend(planned: readonly Delivery[], correlationId: string): readonly TimerChange[] {
  return planned
    .filter((each) => each.state === 'waiting')
    .map((each) => ({ kind: sendMail, subject: each.deliveryId, dueAt: atOnce, payload: { correlationId } }));
}

function later(
  occasion: Omit<Occasion, 'known'>,
  undelivered: Pick<LateTelling, 'to' | 'officersOf'>,
): readonly TimerChange[] {
  const nobody = undelivered.to.length === 0 && undelivered.officersOf === undefined;
  const again = nobody ? null : lookAgain(occasion.now, occasion.tries);
  if (again === null) return [];
  const { template, reportsBack, why } = occasion.telling;
  const payload: LateTelling = {
    template,
    taskId: occasion.taskId,
    ...undelivered,
    reportsBack: reportsBack === true,
    ...(why === undefined ? {} : { why }),
    correlationId: occasion.correlationId,
    tries: occasion.tries + 1,
  };
  return [{ kind: tellLater, subject: occasion.eventId, ...again, payload: { ...payload } }];
}
