import { Controller } from '@nestjs/common';
import { ConsentExpiring, eventsOfReferral, LedgerBroken, type DomainEvent, type EventEnvelope } from '#contracts';
import { Reads, type Projected, type ReadContext } from '#events';
import { isRelevant } from '../audience/replica.ts';
import type { SourceEvent, SourceType } from '../audience/notification-rule.ts';
import { DispatchService } from './dispatch.service.ts';

/** Every event of a referral that notifies somebody or changes the replica. */
const relevantEvents = eventsOfReferral.filter((each) => isRelevant(each.type as SourceType));

const group = 'notifications.dispatch';

/** The replica of referrals is a projection. Deliveries and notifications are not: a rebuild keeps them. */
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

  @Reads(group, ...relevantEvents)
  dispatchEvent(_event: DomainEvent, { tx, envelope, now, replayed }: ReadContext): Promise<void> {
    return this.dispatch.dispatchEvent(tx, envelope as EventEnvelope<SourceEvent>, { now, replayed });
  }

  /** The maker of the client's newest referral and the administrators there are notified, because they can renew it. */
  @Reads(group, ConsentExpiring)
  async consentEnds({ referralId }: ConsentExpiring, { tx, envelope, now, replayed }: ReadContext): Promise<void> {
    if (!replayed) await this.dispatch.remind(tx, envelope, { referralId, now });
  }

  /** Notifies the privacy officers of the organizations that know the finding's client, once for each finding. */
  @Reads(group, LedgerBroken)
  async ledgerBroken({ organizationIds }: LedgerBroken, { tx, envelope, now, replayed }: ReadContext): Promise<void> {
    if (!replayed) await this.dispatch.alarm(tx, envelope, { organizationIds, now });
  }
}
