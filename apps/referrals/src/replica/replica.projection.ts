import { AreaChanged, HealthcareServiceChanged, OrganizationChanged, PersonChanged, PolicyChanged } from '#contracts';
import { Reads, type Projected, type ReadContext } from '#events';
import { Controller } from '@nestjs/common';
import { writeArea, writeHealthcareService, writeOrganization, writePerson, writePolicy } from './replica.rows.ts';

const copies = 'referrals.copies';

export const replicaProjected: Projected = {
  group: copies,
  neededBeforeReady: true,
  tables: [
    { table: 'organization_copy', stream: 'organization_id' },
    { table: 'area_copy', stream: 'area_id' },
    { table: 'healthcare_service_copy', stream: 'organization_id' },
    { table: 'policy_copy', stream: 'network_id' },
    { table: 'person_copy', stream: 'person_id' },
  ],
};

/** Facts that decisions need, as our own replica: who serves what, by which policy, and who works where. */
@Controller()
export class ReplicaProjection {
  @Reads(copies, OrganizationChanged)
  async organization(event: OrganizationChanged, { tx, envelope }: ReadContext): Promise<void> {
    await writeOrganization(tx, event, envelope.streamVersion);
  }

  @Reads(copies, AreaChanged)
  async area(event: AreaChanged, { tx, envelope }: ReadContext): Promise<void> {
    await writeArea(tx, event, envelope.streamVersion);
  }

  @Reads(copies, HealthcareServiceChanged)
  async healthcareService(event: HealthcareServiceChanged, { tx, envelope }: ReadContext): Promise<void> {
    await writeHealthcareService(tx, event, envelope.streamVersion);
  }

  @Reads(copies, PolicyChanged)
  async policy(event: PolicyChanged, { tx, envelope }: ReadContext): Promise<void> {
    await writePolicy(tx, event, envelope.streamVersion);
  }

  @Reads(copies, PersonChanged)
  async person(event: PersonChanged, { tx, envelope }: ReadContext): Promise<void> {
    await writePerson(tx, event, envelope.streamVersion);
  }
}
