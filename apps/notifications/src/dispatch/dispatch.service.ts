import { Injectable } from '@nestjs/common';
import { houseActor } from '#access';
import type { EventEnvelope, InstantText } from '#contracts';
import { EventLog, type RowWrite } from '#events';
import type { Tx } from '#persistence';
import { accessTable, changedRows } from '../audience/known.entity.ts';
import { learn, taskOf, type Known } from '../audience/known.ts';
import { KnownQueries } from '../audience/known.queries.ts';
import { tellingOf, type HeardEvent, type Telling } from '../audience/telling.table.ts';
import { TellingService, type Told } from './telling.service.ts';

const nothing: Told = { events: [], rows: [], timers: [] };

/** From an event of a referral to proof that its audience was told, in the event's own transaction. */
@Injectable()
export class DispatchService {
  constructor(
    private readonly log: EventLog,
    private readonly known: KnownQueries,
    private readonly telling: TellingService,
  ) {}

  async hear(tx: Tx, envelope: EventEnvelope<HeardEvent>, now: InstantText): Promise<void> {
    const { event, key, type } = envelope;
    const version = await this.log.lockStream(tx, key);
    const taskId = taskOf(event);
    const before = await this.known.load(tx, event.referralId, taskId);
    const known = learn(before, type, event, envelope.actor);
    const telling = await this.tellingFor(tx, envelope, known);
    const told =
      telling === 'nobody'
        ? nothing
        : await this.telling.tell(tx, {
            eventId: envelope.id,
            taskId,
            telling,
            known,
            correlationId: envelope.correlationId,
            tries: 0,
            now,
          });
    const rows = [...changedRows(before, known), ...accessRows(event), ...told.rows];
    if (rows.length === 0 && told.timers.length === 0) return;
    await this.log.record(tx, {
      key,
      version,
      now,
      actor: houseActor('system'),
      correlationId: envelope.correlationId,
      causationId: envelope.id,
      traceparent: envelope.traceparent,
      events: told.events,
      rows,
      timers: told.timers,
    });
  }

  /** Whose access ended stands in the event that granted it: the coordinators' own is no agency's news. */
  private async tellingFor(
    tx: Tx,
    { type, event }: EventEnvelope<HeardEvent>,
    known: Known,
  ): Promise<Telling | 'nobody'> {
    const telling = tellingOf(type, event);
    if (telling === 'nobody' || event.type !== 'referral.access.ended') return telling;
    const holder = await this.known.holderOf(tx, event.accessId);
    return holder !== undefined && known.task?.agencyIds.includes(holder) === true ? telling : 'nobody';
  }
}

function accessRows(event: HeardEvent): readonly RowWrite[] {
  if (event.type !== 'referral.access.granted') return [];
  const { accessId, referralId, toOrganizationId } = event;
  return [
    {
      table: accessTable,
      rows: [{ access_id: accessId, referral_id: referralId, organization_id: toOrganizationId }],
    },
  ];
}
