import { Controller } from '@nestjs/common';
import { ConsentExpiring, eventsOfReferral, LedgerBroken, type DomainEvent, type EventEnvelope } from '#contracts';
import { Reads, type Projected, type ReadContext } from '#events';
import { isRelevant } from '../audience/known.ts';
import type { SourceEvent, SourceType } from '../audience/notification-rule.ts';
import { DispatchService } from './dispatch.service.ts';

/** Every event of a referral that tells somebody, or says between whom it runs. */
const heard = eventsOfReferral.filter((each) => isRelevant(each.type as SourceType));

const group = 'notifications.dispatch';

/** Between whom a referral runs; what was told, and to whom, is no projection and stays. */
export const dispatchProjected: Projected = {
  group,
  tables: [
    { table: 'known_access', stream: 'referral_id' },
    { table: 'known_task', stream: 'referral_id' },
    { table: 'known_referral', stream: 'referral_id' },
  ],
};

@Controller()
export class DispatchHandlers {
  constructor(private readonly dispatch: DispatchService) {}

  @Reads(group, ...heard)
  hear(_event: DomainEvent, { tx, envelope, now, replayed }: ReadContext): Promise<void> {
    return this.dispatch.hear(tx, envelope as EventEnvelope<SourceEvent>, { now, replayed });
  }

  /** Whoever made the client's newest referral, and who administers there, renews the consent. */
  @Reads(group, ConsentExpiring)
  async consentEnds({ referralId }: ConsentExpiring, { tx, envelope, now, replayed }: ReadContext): Promise<void> {
    if (!replayed) await this.dispatch.remind(tx, envelope, { referralId, now });
  }

  /** Whoever answers for privacy where the finding's client is known; told once a finding, as the event is. */
  @Reads(group, LedgerBroken)
  async ledgerBroken({ organizationIds }: LedgerBroken, { tx, envelope, now, replayed }: ReadContext): Promise<void> {
    if (!replayed) await this.dispatch.alarm(tx, envelope, { organizationIds, now });
  }
}
