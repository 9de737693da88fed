import { Injectable } from '@nestjs/common';
import { systemActor } from '#access';
import type { EventEnvelope, InstantText, OrganizationId, ReferralId } from '#contracts';
import { EventLog } from '#events';
import type { Tx } from '#persistence';
import { changedRows } from '../audience/known.rows.ts';
import { aboutOf, learn, tellingIn } from '../audience/known.ts';
import { KnownQueries } from '../audience/known.queries.ts';
import type { HeardEvent, Telling } from '../audience/telling.ts';
import { TellingService, type Told } from './telling.service.ts';

const consentExpiring: Telling = { template: 'consent-expiring', to: ['sender-and-admins'] };
const ledgerBroken: Telling = { template: 'ledger-broken', to: [] };
const nothing: Told = { events: [], rows: [], timers: [] };

/** From an event of a referral to proof that its audience was told, in the event's own transaction. */
@Injectable()
export class DispatchService {
  constructor(
    private readonly log: EventLog,
    private readonly known: KnownQueries,
    private readonly telling: TellingService,
  ) {}

  async hear(
    tx: Tx,
    envelope: EventEnvelope<HeardEvent>,
    { now, replayed }: { readonly now: InstantText; readonly replayed: boolean },
  ): Promise<void> {
    const { id, key, type, event, correlationId } = envelope;
    const version = await this.log.lockStream(tx, key);
    const about = aboutOf(event);
    const before = await this.known.load(tx, about);
    const known = learn(before, type, event, envelope.actor);
    // Whom a rebuild finds working there today was not meant when it happened.
    const telling = replayed ? 'nobody' : tellingIn(known, type, event);
    const occasion = { eventId: id, taskId: about.taskId, known, correlationId, tries: 0, now };
    const told = telling === 'nobody' ? nothing : await this.telling.tell(tx, { ...occasion, telling });
    const rows = [...changedRows(before, known), ...told.rows];
    if (rows.length === 0 && told.timers.length === 0) return;
    await this.log.record(tx, {
      key,
      version,
      now,
      actor: systemActor('system'),
      correlationId,
      causationId: id,
      traceparent: envelope.traceparent,
      events: told.events,
      rows,
      timers: told.timers,
    });
  }

  /** Of a consent, which is no referral's event: told as of the referral that it names. */
  async remind(
    tx: Tx,
    { id, correlationId, traceparent }: EventEnvelope,
    { referralId, now }: { readonly referralId: ReferralId; readonly now: InstantText },
  ): Promise<void> {
    const version = await this.log.lockStream(tx, referralId);
    await tx.useScope({ kind: 'system', key: referralId });
    const known = await this.known.load(tx, { referralId, taskId: null, accessId: null });
    const occasion = { eventId: id, taskId: null, known, correlationId, tries: 0, now };
    const told = await this.telling.tell(tx, { ...occasion, telling: consentExpiring });
    if (told.rows.length === 0 && told.timers.length === 0) return;
    await this.log.record(tx, {
      ...{ key: referralId, version, now, actor: systemActor('system'), correlationId, causationId: id, traceparent },
      ...told,
    });
  }

  /** Of the disclosure ledger, in its own stream: about no referral. */
  async alarm(
    tx: Tx,
    { id, key, correlationId, traceparent }: EventEnvelope,
    { organizationIds, now }: { readonly organizationIds: readonly OrganizationId[]; readonly now: InstantText },
  ): Promise<void> {
    const version = await this.log.lockStream(tx, key);
    const occasion = { eventId: id, telling: ledgerBroken, correlationId, tries: 0, now };
    const told = await this.telling.tellOfficers(tx, occasion, organizationIds);
    if (told.rows.length === 0 && told.timers.length === 0) return;
    await this.log.record(tx, {
      ...{ key, version, now, actor: systemActor('system'), correlationId, causationId: id, traceparent },
      ...told,
    });
  }
}
