import { Inject, Injectable } from '@nestjs/common';
import type { DeliveryId, Language, PersonId, Template } from '#contracts';
import { CLOCK, payloadOf, type Clock, type DueTimer } from '#events';
import type { Tx } from '#persistence';
import { CommandRunner, type SystemCommandResult } from '#service';
import { attempted, type AttemptResult } from '../delivery/attempt.ts';
import type { Delivery } from '../delivery/delivery.ts';
import { deliveryTable, toDeliveryRow } from '../delivery/delivery.rows.ts';
import { DeliveryQueries } from '../delivery/delivery.queries.ts';
import { PreferenceQueries } from '../preference/preference.queries.ts';
import { sendMail, SendMailPayload } from './send-mail.ts';

/** A mail that is to be sent. `language` is null if the person turned mails off while it waited. */
export interface WaitingMail {
  readonly deliveryId: DeliveryId;
  readonly personId: PersonId;
  readonly template: Template;
  readonly language: Language | null;
}

/** The two transactions around an attempt: the first reads what to send, the second records the result. */
@Injectable()
export class MailDeliveries {
  constructor(
    private readonly commands: CommandRunner,
    private readonly deliveries: DeliveryQueries,
    private readonly preferences: PreferenceQueries,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Undefined if another worker has sent it meanwhile. */
  async waiting(tx: Tx, deliveryId: DeliveryId): Promise<WaitingMail | undefined> {
    const delivery = await this.deliveries.waiting(tx, deliveryId);
    if (delivery === undefined) return undefined;
    const { personId, template } = delivery;
    const wished = await this.preferences.mailsWished(tx, [personId]);
    return { deliveryId, personId, template, language: wished.get(personId) ?? null };
  }

  /** Writes the attempt and its event, and moves or ends the timer, in one transaction. */
  async record(timer: DueTimer, result: AttemptResult): Promise<void> {
    const { correlationId } = payloadOf(SendMailPayload, timer);
    await this.commands.fire<Delivery>(timer, 'timer', {
      movesItsTimer: true,
      cause: ({ eventId }) => ({ correlationId, causationId: eventId }),
      find: (tx) => this.deliveries.waiting(tx, timer.subject),
      work: (_tx, before) => Promise.resolve(this.attempt(before, timer, result)),
    });
  }

  private attempt(before: Delivery, { payload }: DueTimer, result: AttemptResult): SystemCommandResult {
    const now = this.clock.now();
    const { delivery, fact, nextAt, pauseMs } = attempted(before, result, now);
    const { deliveryId } = delivery;
    return {
      kind: 'done',
      body: undefined,
      at: now,
      events: [{ event: fact, subject: `delivery/${deliveryId}` }],
      rows: [{ table: deliveryTable, rows: [toDeliveryRow(delivery)] }],
      timers: [
        {
          ...{ kind: sendMail, subject: deliveryId, dueAt: nextAt, payload },
          ...(pauseMs === undefined ? {} : { pauseMs }),
        },
      ],
    };
  }
}
