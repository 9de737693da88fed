import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ConsentExpired, type ConsentId } from '#contracts';
import { TimerWorker } from '#events';
import { republished } from '../client/client.entity.ts';
import { ClientService, type HouseWriting, type InStream } from '../client/client.service.ts';
import { isExpired, isRevoked } from '../validity/validity.ts';
import { consentTable, toRecord } from './consent.entity.ts';

/**
 * A consent ends by itself: at its end a timer tells it, with the permissions that fall. Nothing depends on the timer
 * being on time, for every answer carries its own `validUntil`.
 */
@Injectable()
export class ConsentExpiry implements OnModuleInit {
  constructor(
    private readonly worker: TimerWorker,
    private readonly clients: ClientService,
  ) {}

  onModuleInit(): void {
    this.worker.on('consent-expiry', (timer) => this.clients.onTimer(timer, (stream) => expiry(stream, timer.subject)));
  }
}

function expiry({ client, now, nextVersion }: InStream, consentId: ConsentId): HouseWriting {
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
