import { Injectable } from '@nestjs/common';
import type { EventEnvelope, InstantText, OrganizationId, ReferralId } from '#contracts';
import type { Tx } from '#persistence';
import { CommandRunner, type SystemCommand } from '#service';
import { changedRows } from '../audience/known.rows.ts';
import { aboutOf, learn, ruleIn } from '../audience/known.ts';
import { KnownQueries } from '../audience/known.queries.ts';
import type { SourceEvent, NotificationRule } from '../audience/notification-rule.ts';
import { TellingService, type Told } from './telling.service.ts';

const consentExpiring: NotificationRule = { template: 'consent-expiring', to: ['sender-and-admins'] };
const ledgerBroken: NotificationRule = { template: 'ledger-broken', to: [] };
const nothing: Told = { events: [], rows: [], timers: [] };

/** From an event of a referral to proof that its audience was told, in the event's own transaction. */
@Injectable()
export class DispatchService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly known: KnownQueries,
    private readonly telling: TellingService,
  ) {}

  async hear(
    tx: Tx,
    envelope: EventEnvelope<SourceEvent>,
    { now, replayed }: { readonly now: InstantText; readonly replayed: boolean },
  ): Promise<void> {
    const { id, type, event, correlationId } = envelope;
    const about = aboutOf(event);
    await this.record(tx, envelope, envelope.key, now, async () => {
      const before = await this.known.load(tx, about);
      const known = learn(before, type, event, envelope.actor);
      // Whom a rebuild finds working there today was not meant when it happened.
      const telling = replayed ? 'nobody' : ruleIn(known, type, event);
      const occasion = { eventId: id, taskId: about.taskId, known, correlationId, tries: 0, now };
      const told = telling === 'nobody' ? nothing : await this.telling.tell(tx, { ...occasion, telling });
      return { ...told, rows: [...changedRows(before, known), ...told.rows] };
    });
  }

  /** Of a consent, which is no referral's event: told as of the referral that it names. */
  async remind(
    tx: Tx,
    envelope: EventEnvelope,
    { referralId, now }: { readonly referralId: ReferralId; readonly now: InstantText },
  ): Promise<void> {
    const { id: eventId, correlationId } = envelope;
    await this.record(tx, envelope, referralId, now, async () => {
      await tx.useScope({ kind: 'system', key: referralId });
      const known = await this.known.load(tx, { referralId, taskId: null, accessId: null });
      const occasion = { eventId, taskId: null, known, correlationId, tries: 0, now };
      return this.telling.tell(tx, { ...occasion, telling: consentExpiring });
    });
  }

  /** Of the disclosure ledger, in its own stream: about no referral. */
  async alarm(
    tx: Tx,
    envelope: EventEnvelope,
    { organizationIds, now }: { readonly organizationIds: readonly OrganizationId[]; readonly now: InstantText },
  ): Promise<void> {
    const occasion = { eventId: envelope.id, correlationId: envelope.correlationId, tries: 0, now };
    await this.record(tx, envelope, envelope.key, now, () =>
      this.telling.tellOfficers(tx, { ...occasion, telling: ledgerBroken }, organizationIds),
    );
  }

  private async record(
    tx: Tx,
    envelope: EventEnvelope,
    key: string,
    now: InstantText,
    tell: () => Promise<Told>,
  ): Promise<void> {
    const command: SystemCommand<object> = {
      find: () => Promise.resolve({}),
      work: async () => ({ kind: 'done', body: undefined, at: now, ...(await tell()) }),
    };
    await this.commands.follow({ tx, envelope }, command, key);
  }
}
