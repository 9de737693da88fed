import { Inject, Injectable } from '@nestjs/common';
import type { DeliveryChannel, EventId, InstantText, OrganizationId, ReferralId, TaskId } from '#contracts';
import { atOnce, IDS, type Ids, type Recording, type TimerChange } from '#events';
import type { Tx } from '#persistence';
import { audienceOf } from '../audience/audience.ts';
import { partiesOf, type Replica } from '../audience/replica.ts';
import { ReplicaQueries } from '../audience/replica.queries.ts';
import type { Recipient } from '../audience/addressee.ts';
import type { NotificationRule, Why } from '../audience/notification-rule.ts';
import { deliveryTable, toDeliveryRow } from '../delivery/delivery.rows.ts';
import { DeliveryQueries } from '../delivery/delivery.queries.ts';
import { delivered, planDeliveries, type Delivery } from '../delivery/delivery.ts';
import { sendMail } from '../mail/send-mail.ts';
import { notificationTable, toNotificationRow } from '../notification/notification.rows.ts';
import { PreferenceQueries } from '../preference/preference.queries.ts';
import { nextTry, retryUndelivered, type UndeliveredPayload } from './undelivered.ts';

/** Every notification is shown in the application; a mail comes in addition, never instead. */
const channels = {
  usual: ['in-app'],
  withMail: ['in-app', 'email'],
} as const satisfies Record<string, readonly DeliveryChannel[]>;

/** One attempt to notify the audience of one event, with the replica of its referral. */
export interface Dispatch {
  readonly eventId: EventId;
  readonly taskId: TaskId | null;
  readonly rule: NotificationRule;
  readonly replica: Replica;
  readonly correlationId: string;
  /** How often an audience was looked for before. */
  readonly tries: number;
  readonly now: InstantText;
}

/** A notification about the platform itself, which belongs to no referral. */
export type SystemDispatch = Omit<Dispatch, 'replica' | 'taskId'>;

type AnyDispatch = Omit<Dispatch, 'replica'> & { readonly referralId: ReferralId | null };

/** What a dispatch records: events, rows and timers. */
export type DispatchPlan = Required<Pick<Recording, 'events' | 'rows' | 'timers'>>;

/** Finds the audience of an event and plans what is recorded: deliveries, their events, and timers for the undelivered. */
@Injectable()
export class DeliveryPlanner {
  constructor(
    private readonly replicas: ReplicaQueries,
    private readonly deliveries: DeliveryQueries,
    private readonly preferences: PreferenceQueries,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /** Throws for an unknown referral or Task: parking the event is better than notifying too few people. */
  async plan(tx: Tx, dispatch: Dispatch): Promise<DispatchPlan> {
    const { taskId, rule, replica } = dispatch;
    const { referral } = replica;
    const parties = partiesOf(replica, taskId);
    if (referral === null || parties === undefined)
      throw new Error(
        'Unknown referral or Task: this group missed earlier events. Rebuild `notifications`, then redrive.',
      );
    const organizationIds = [parties.senderOrganizationId, ...(parties.task?.agencyIds ?? [])];
    const people = await this.replicas.peopleAround(tx, referral.networkId, organizationIds);
    const { recipients, undelivered } = audienceOf(rule, parties, people);
    const plan = await this.planEach(tx, { ...dispatch, referralId: referral.referralId }, recipients);
    return { ...plan, timers: [...plan.timers, ...undeliveredTimer(dispatch, { to: undelivered })] };
  }

  /**
   * A notification about the platform itself, for the privacy officers of these organizations, or of all organizations if
   * none of these has one.
   */
  async planForOfficers(
    tx: Tx,
    dispatch: SystemDispatch,
    officersOf: readonly OrganizationId[],
  ): Promise<DispatchPlan> {
    const own = officersOf.length === 0 ? [] : await this.replicas.peopleOfRole(tx, 'privacy-officer', officersOf);
    const officers = own.length > 0 ? own : await this.replicas.peopleOfRole(tx, 'privacy-officer', null);
    const plan = await this.planEach(tx, { ...dispatch, taskId: null, referralId: null }, officers);
    const retry = officers.length > 0 ? [] : undeliveredTimer({ ...dispatch, taskId: null }, { to: [], officersOf });
    return { ...plan, timers: [...plan.timers, ...retry] };
  }

  private async planEach(
    tx: Tx,
    { eventId, rule, referralId, taskId, now, correlationId }: AnyDispatch,
    recipients: readonly Recipient[],
  ): Promise<DispatchPlan> {
    const wished = await this.preferences.mailsWished(
      tx,
      recipients.map((each) => each.personId),
    );
    const planned = planDeliveries(
      { eventId, template: rule.template, referralId, taskId },
      recipients,
      (personId) => (wished.has(personId) ? channels.withMail : channels.usual),
      await this.deliveries.notified(tx, eventId),
      { at: now, nextId: () => this.ids.next() },
    );
    return { ...eventsAndRows(planned, rule.why), timers: mailTimers(planned, correlationId) };
  }
}

function eventsAndRows(planned: readonly Delivery[], why: Why | undefined): Pick<DispatchPlan, 'events' | 'rows'> {
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

// A timer that is due at once sends a mail after the commit: no request goes to a server while a transaction is open.
function mailTimers(planned: readonly Delivery[], correlationId: string): readonly TimerChange[] {
  return planned
    .filter((each) => each.state === 'waiting')
    .map((each) => ({ kind: sendMail, subject: each.deliveryId, dueAt: atOnce, payload: { correlationId } }));
}

function undeliveredTimer(
  dispatch: Omit<Dispatch, 'replica'>,
  undelivered: Pick<UndeliveredPayload, 'to' | 'officersOf'>,
): readonly TimerChange[] {
  const nobody = undelivered.to.length === 0 && undelivered.officersOf === undefined;
  const next = nobody ? null : nextTry(dispatch.now, dispatch.tries);
  if (next === null) return [];
  const { template, reportsBack, why } = dispatch.rule;
  const payload: UndeliveredPayload = {
    template,
    taskId: dispatch.taskId,
    ...undelivered,
    reportsBack: reportsBack === true,
    ...(why === undefined ? {} : { why }),
    correlationId: dispatch.correlationId,
    tries: dispatch.tries + 1,
  };
  return [{ kind: retryUndelivered, subject: dispatch.eventId, ...next, payload: { ...payload } }];
}
