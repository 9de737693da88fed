import { ServiceModule } from '#service';
import { CandidateController } from './candidate/candidate.controller.ts';
import { HealthcareServiceController } from './healthcare-service/healthcare-service.controller.ts';
import { HealthcareServiceRow } from './healthcare-service/healthcare-service.entity.ts';
import { HealthcareServiceQueries } from './healthcare-service/healthcare-service.queries.ts';
import { HealthcareServiceService } from './healthcare-service/healthcare-service.service.ts';
import { DirectoryTables1764000000001 } from './migrations/tables.migration.ts';
import { AreasTold1764900000001 } from './migrations/areas-told.migration.ts';
import { OpennessSaidBy1765000000001 } from './migrations/openness-said-by.migration.ts';
import { AreaRow } from './network/area.entity.ts';
import { AreaPublisher } from './network/area-publisher.service.ts';
import { PolicyAttempts1765000000002 } from './migrations/policy-attempts.migration.ts';
import { NetworkController } from './network/network.controller.ts';
import { NetworkRow } from './network/network.entity.ts';
import { NetworkQueries } from './network/network.queries.ts';
import { NetworkService } from './network/network.service.ts';
import { OrganizationController } from './organization/organization.controller.ts';
import { OrganizationRow } from './organization/organization.entity.ts';
import { OrganizationQueries } from './organization/organization.queries.ts';
import { seedRiverCounty } from './seed/river-county.seed.ts';

@ServiceModule({
  name: 'directory',
  rights: {
    deletes: [],
    appended: [],
    writtenByPeople: ['network', 'healthcare_service'],
    replicas: [],
  },
  entities: [NetworkRow, AreaRow, OrganizationRow, HealthcareServiceRow],
  migrations: [
    DirectoryTables1764000000001,
    AreasTold1764900000001,
    OpennessSaidBy1765000000001,
    PolicyAttempts1765000000002,
  ],
  seed: seedRiverCounty,
  controllers: [NetworkController, OrganizationController, HealthcareServiceController, CandidateController],
  providers: [
    AreaPublisher,
    NetworkQueries,
    NetworkService,
    OrganizationQueries,
    HealthcareServiceQueries,
    HealthcareServiceService,
  ],
})
export class DirectoryModule {}
