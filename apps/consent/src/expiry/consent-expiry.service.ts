import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ConsentExpired, ConsentExpiring, type ConsentId } from '#contracts';
import { TimerWorker, type DueTimer } from '#events';
import { UnitOfWork } from '#persistence';
import { republished } from '../client/client.rows.ts';
import { ClientService, type SystemWriting, type InStream } from '../client/client.service.ts';
import { consentTable, toRecord } from '../consent/consent.entity.ts';
import { endOf, isActive, isExpired, isRevoked } from '../validity/validity.ts';
import { concernedBy, type Concerned } from './concerned.rows.ts';
import { endTimer, milestoneAt, reminderTimer, reminderTimers } from './expiry-timers.ts';
import { fallsWithEnd } from './renewed.ts';

/**
 * A consent expires: before its end timers remind people to renew it, and at its end a timer publishes it, with the
 * permissions that end. Nothing depends on a timer being on time, because every permission carries its own `validUntil`.
 */
@Injectable()
export class ConsentExpiry implements OnModuleInit {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly worker: TimerWorker,
    private readonly clients: ClientService,
  ) {}

  onModuleInit(): void {
    this.worker.on(endTimer, (timer) => this.clients.onTimer(timer, (stream) => expiry(stream, timer.subject)));
    this.worker.on(reminderTimer, (timer) => this.remind(timer));
  }

  private async remind(timer: DueTimer): Promise<void> {
    const concerned = await concernedBy(this.unitOfWork, timer.key, timer.subject);
    // A timer from an older version was set for no milestone: it only sets the next one.
    const tells = typeof timer.payload['days'] === 'number';
    await this.clients.onTimer(timer, (stream) => reminder(stream, timer.subject, tells ? concerned : undefined));
  }
}

function expiry({ client, now, nextVersion }: InStream, consentId: ConsentId): SystemWriting {
  const ended = client.consents.find(({ row }) => row.consent_id === consentId);
  if (ended === undefined || ended.row.expiry_told_at !== null) return { events: [] };
  const record = toRecord(ended);
  if (!isExpired(record, now) || isRevoked(record)) return { events: [] };
  const change = republished(client, client.consents.map(toRecord), client.facts, now);
  const event = ConsentExpired.of({ consentId, clientId: client.clientId });
  const row = { ...ended.row, version: nextVersion, expiry_told_at: now };
  return {
    events: [{ event, subject: `consent/${consentId}` }, ...change.events],
    rows: [{ table: consentTable, rows: [row] }, ...change.rows],
  };
}

/** After a delay only the nearest milestone is published. A category that another consent still allows needs no renewal. */
function reminder({ client, now }: InStream, consentId: ConsentId, concerned: Concerned | undefined): SystemWriting {
  const records = client.consents.map(toRecord);
  const record = records.find((each) => each.consentId === consentId);
  const endsAt = record === undefined ? null : endOf(record);
  if (record === undefined || endsAt === null || !isActive(record, now)) return { events: [] };
  const timers = reminderTimers(consentId, endsAt, now);
  const daysLeft = milestoneAt(endsAt, now);
  if (concerned === undefined || daysLeft === undefined || !fallsWithEnd(record, records, client.facts, now)) {
    return { events: [], timers };
  }
  const event = ConsentExpiring.of({ consentId, clientId: client.clientId, daysLeft, endsAt, ...concerned });
  return { events: [{ event, subject: `consent/${consentId}` }], timers };
}
