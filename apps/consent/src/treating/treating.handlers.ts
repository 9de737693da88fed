import { Controller } from '@nestjs/common';
import { HealthcareServiceChanged, OrganizationChanged, type Need, type OrganizationId } from '#contracts';
import { atOnce, Reads, Timers, type Projected, type ReadContext } from '#events';
import type { Tx } from '#persistence';
import { isTreating, keepKnownOrganization, keepKnownService } from './treating.rows.ts';

const consentCopies = 'consent.copies';

export const treatingProjected: Projected = {
  group: consentCopies,
  neededBeforeReady: true,
  tables: [
    { table: 'known_organization', stream: 'organization_id' },
    { table: 'known_service', stream: 'organization_id' },
  ],
};

/** Needs whose programmes treat (42 CFR 2.11, 45 CFR 160.103); an organization that offers none of them does not. */
const treatingNeeds: ReadonlySet<Need> = new Set(['mental-health', 'substance-use-treatment']);

/** Our replica of which organizations treat: some kinds of consent permit more to them. */
@Controller()
export class TreatingHandlers {
  constructor(private readonly timers: Timers) {}

  @Reads(consentCopies, OrganizationChanged)
  async organizationChanged(event: OrganizationChanged, { tx }: ReadContext): Promise<void> {
    const { organizationId, networkId, kind, active } = event;
    await this.learning(tx, organizationId, () =>
      keepKnownOrganization(tx, { organizationId, networkId, hospital: kind === 'hospital', active }),
    );
  }

  @Reads(consentCopies, HealthcareServiceChanged)
  async healthcareServiceChanged(event: HealthcareServiceChanged, { tx }: ReadContext): Promise<void> {
    const { organizationId, healthcareServiceId, need, active } = event;
    await this.learning(tx, organizationId, () =>
      keepKnownService(tx, { healthcareServiceId, organizationId, treats: active && treatingNeeds.has(need) }),
    );
  }

  private async learning(tx: Tx, organizationId: OrganizationId, learn: () => Promise<void>): Promise<void> {
    const before = await isTreating(tx, organizationId);
    await learn();
    if ((await isTreating(tx, organizationId)) === before) return;
    await this.timers.schedule(tx, organizationId, [
      { kind: 'treating-changed', subject: organizationId, dueAt: atOnce },
    ]);
  }
}
