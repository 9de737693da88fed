import { Inject, Injectable } from '@nestjs/common';
import type { DeliveryChannel, EventId, InstantText, TaskId } from '#contracts';
import { atOnce, IDS, type Ids, type Recording, type TimerChange } from '#events';
import type { Tx } from '#persistence';
import { audienceOf } from '../audience/audience.ts';
import { partiesOf, type Known } from '../audience/known.ts';
import { KnownQueries } from '../audience/known.queries.ts';
import type { Party } from '../audience/party.ts';
import type { Telling } from '../audience/telling.ts';
import { deliveryTable, toDeliveryRow } from '../delivery/delivery.entity.ts';
import { DeliveryQueries } from '../delivery/delivery.queries.ts';
import { delivered, planDeliveries, type Delivery } from '../delivery/delivery.ts';
import { sendMail } from '../mail/send-mail.ts';
import { notificationTable, toNotificationRow } from '../notification/notification.entity.ts';
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
  readonly telling: Telling;
  readonly known: Known;
  readonly correlationId: string;
  /** How often we looked for an audience before. */
  readonly tries: number;
  readonly now: InstantText;
}

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

  /** Throws where nothing is known of the referral or Task: better parked with that reason than told to too few. */
  async tell(tx: Tx, occasion: Occasion): Promise<Told> {
    const { eventId, taskId, telling, now } = occasion;
    const { referral } = occasion.known;
    const parties = partiesOf(occasion.known, taskId);
    if (referral === null || parties === undefined)
      throw new Error('the log was read from its middle: nothing is known of this referral or Task');
    const organizationIds = [parties.senderOrganizationId, ...(parties.task?.agencyIds ?? [])];
    const people = await this.known.peopleAround(tx, referral.networkId, organizationIds);
    const { listeners, unheard } = audienceOf(telling, parties, people);
    const { referralId, networkId } = referral;
    const wished = await this.preferences.mailsWished(
      tx,
      listeners.map((each) => each.personId),
    );
    const planned = planDeliveries(
      { eventId, template: telling.template, referralId, taskId, networkId },
      listeners,
      (personId) => (wished.has(personId) ? channels.withMail : channels.usual),
      await this.deliveries.told(tx, eventId),
      { at: now, nextId: () => this.ids.next() },
    );
    const { events, rows } = recorded(planned);
    return { events, rows, timers: [...toSend(planned, occasion), ...later(occasion, unheard)] };
  }
}

function recorded(planned: readonly Delivery[]): Pick<Told, 'events' | 'rows'> {
  if (planned.length === 0) return { events: [], rows: [] };
  const arrived = planned.filter((each) => each.state === 'sent');
  const inApp = planned.filter((each) => each.channel === 'in-app');
  return {
    events: arrived.map((each) => ({ event: delivered(each), subject: `delivery/${each.deliveryId}` })),
    rows: [
      { table: deliveryTable, rows: planned.map(toDeliveryRow) },
      { table: notificationTable, rows: inApp.map((each) => ({ ...toNotificationRow(each) })) },
    ],
  };
}

// Sent after the commit, by a timer that is due at once: no server is spoken to while a transaction is open.
function toSend(planned: readonly Delivery[], { correlationId }: Occasion): readonly TimerChange[] {
  return planned
    .filter((each) => each.state === 'waiting')
    .map((each) => ({ kind: sendMail, subject: each.deliveryId, dueAt: atOnce, payload: { correlationId } }));
}

function later(occasion: Occasion, unheard: readonly Party[]): readonly TimerChange[] {
  const again = unheard.length === 0 ? null : lookAgain(occasion.now, occasion.tries);
  if (again === null) return [];
  const payload: LateTelling = {
    template: occasion.telling.template,
    taskId: occasion.taskId,
    to: unheard,
    reportsBack: occasion.telling.reportsBack === true,
    correlationId: occasion.correlationId,
    tries: occasion.tries + 1,
  };
  return [{ kind: tellLater, subject: occasion.eventId, ...again, payload: { ...payload } }];
}
