import { Injectable } from '@nestjs/common';
import { networkScope, type Actor } from '#access';
import type {
  AreaId,
  HealthcareServiceId,
  HealthcareServicesAsked,
  HealthcareServiceView,
  RankCandidates,
} from '#contracts';
import { statement, UnitOfWork, type Tx } from '#persistence';
import { pageFrom, type Page, type PageAsked } from '#service';
import type { RankedService } from '../candidate/candidate.ts';
import { AreaRow } from '../network/area.entity.ts';
import { HealthcareServiceRow, toHealthcareServiceView } from './healthcare-service.entity.ts';

const servicesOfNetwork = statement(
  'healthcare services of network',
  `select * from healthcare_service
   where network_id = $1
     and ($2::text is null or code > $2)
     and ($3::text is null or need = $3)
     and ($4::uuid is null or $4 = any(area_ids))
     and ($5::uuid is null or organization_id = $5)
     and ($6::text is null or code = $6)
   order by code limit $7`,
).reads<HealthcareServiceRow>();

// Only active ones: an inactive service is not a candidate.
const servicesForNeed = statement(
  'healthcare services for need',
  `select s.healthcare_service_id, s.organization_id, s.code, s.area_ids, s.languages, s.openness
   from healthcare_service s join organization o on o.organization_id = s.organization_id
   where s.network_id = $1 and s.need = $2 and s.active and o.active and not s.organization_id = any($3::uuid[])`,
).reads<
  Pick<
    HealthcareServiceRow,
    'healthcare_service_id' | 'organization_id' | 'code' | 'area_ids' | 'languages' | 'openness'
  >
>();

@Injectable()
export class HealthcareServiceQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  one(actor: Actor, id: HealthcareServiceId): Promise<HealthcareServiceRow | undefined> {
    return this.unitOfWork.run(networkScope(actor), (tx) => this.find(tx, id));
  }

  async find(tx: Tx, id: HealthcareServiceId): Promise<HealthcareServiceRow | undefined> {
    const found = await tx.manager.getRepository(HealthcareServiceRow).findOneBy({ healthcare_service_id: id });
    return found ?? undefined;
  }

  /** By code. */
  async list(
    actor: Actor,
    asked: HealthcareServicesAsked,
    page: PageAsked<readonly [code: string]>,
  ): Promise<Page<HealthcareServiceView>> {
    const rows = await this.unitOfWork.run(networkScope(actor), (tx) =>
      tx.query(servicesOfNetwork, [
        actor.networkId,
        page.after?.[0] ?? null,
        asked.need ?? null,
        asked.areaId ?? null,
        asked.organizationId ?? null,
        asked.code ?? null,
        page.limit + 1,
      ]),
    );
    return pageFrom(page, rows, (row) => [row.code], toHealthcareServiceView);
  }

  hasArea(actor: Actor, areaId: AreaId): Promise<boolean> {
    return this.unitOfWork.run(networkScope(actor), (tx) =>
      tx.manager.getRepository(AreaRow).existsBy({ area_id: areaId, network_id: actor.networkId }),
    );
  }

  /** Every active service of the need except those of excluded organizations, unordered. */
  async forNeed(actor: Actor, asked: RankCandidates): Promise<readonly RankedService[]> {
    const rows = await this.unitOfWork.run(networkScope(actor), (tx) =>
      tx.query(servicesForNeed, [actor.networkId, asked.need, asked.exclude ?? []]),
    );
    return rows.map((row) => ({
      healthcareServiceId: row.healthcare_service_id,
      organizationId: row.organization_id,
      code: row.code,
      areaIds: row.area_ids,
      languages: row.languages,
      openness: row.openness,
    }));
  }
}
