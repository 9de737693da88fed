import { Inject, Injectable } from '@nestjs/common';
import { systemActor } from '#access';
import type { DeliveryId, Language, PersonId, Template } from '#contracts';
import { CLOCK, EventLog, type Clock, type DueTimer } from '#events';
import type { Tx } from '#persistence';
import { attempted, type Outcome } from '../delivery/attempt.ts';
import { deliveryTable, toDeliveryRow } from '../delivery/delivery.rows.ts';
import { DeliveryQueries } from '../delivery/delivery.queries.ts';
import { PreferenceQueries } from '../preference/preference.queries.ts';
import { sendMail, sendMailOf } from './send-mail.ts';

/** A mail that is to be sent. `language` is null where the person turned mails off while it waited. */
export interface WaitingMail {
  readonly deliveryId: DeliveryId;
  readonly personId: PersonId;
  readonly template: Template;
  readonly language: Language | null;
}

/** The two transactions around an attempt: what is to be sent, and what became of it. */
@Injectable()
export class MailDeliveries {
  constructor(
    private readonly log: EventLog,
    private readonly deliveries: DeliveryQueries,
    private readonly preferences: PreferenceQueries,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Undefined where another worker has sent it meanwhile. */
  async waiting(tx: Tx, deliveryId: DeliveryId): Promise<WaitingMail | undefined> {
    const delivery = await this.deliveries.waiting(tx, deliveryId);
    if (delivery === undefined) return undefined;
    const { personId, template } = delivery;
    const wished = await this.preferences.mailsWished(tx, [personId]);
    return { deliveryId, personId, template, language: wished.get(personId) ?? null };
  }

  /** Writes the attempt and its fact, and moves or ends the timer, all in one. */
  async record(tx: Tx, timer: DueTimer, outcome: Outcome): Promise<void> {
    const version = await this.log.lockStream(tx, timer.key);
    const before = await this.deliveries.waiting(tx, timer.subject);
    if (before === undefined) return;
    const now = this.clock.now();
    const { delivery, fact, nextAt, pauseMs } = attempted(before, outcome, now);
    await this.log.record(tx, {
      key: timer.key,
      version,
      now,
      actor: systemActor('timer'),
      correlationId: sendMailOf(timer.payload).correlationId,
      causationId: before.eventId,
      events: [{ event: fact, subject: `delivery/${delivery.deliveryId}` }],
      rows: [{ table: deliveryTable, rows: [toDeliveryRow(delivery)] }],
      timers: [
        {
          ...{ kind: sendMail, subject: delivery.deliveryId, dueAt: nextAt, payload: timer.payload },
          ...(pauseMs === undefined ? {} : { pauseMs }),
        },
      ],
    });
  }
}
