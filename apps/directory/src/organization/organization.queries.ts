import { Injectable } from '@nestjs/common';
import { networkScope, type Actor } from '#access';
import type { OrganizationId, OrganizationsAsked, OrganizationView } from '#contracts';
import { statement, UnitOfWork } from '#persistence';
import { pageFrom, type Page, type PageAsked } from '#service';
import { toOrganizationView, type OrganizationRow } from './organization.rows.ts';

const organizationById = statement(
  'organization by id',
  'select * from organization where organization_id = $1',
).reads<OrganizationRow>();

const organizationsOfNetwork = statement(
  'organizations of network',
  `select * from organization
   where network_id = $1
     and ($2::text is null or code > $2)
     and ($3::text is null or code = $3)
     and ($4::text is null or kind = $4)
   order by code limit $5`,
).reads<OrganizationRow>();

@Injectable()
export class OrganizationQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async one(actor: Actor, organizationId: OrganizationId): Promise<OrganizationRow | undefined> {
    const [row] = await this.unitOfWork.run(networkScope(actor), (tx) => tx.query(organizationById, [organizationId]));
    return row;
  }

  /** By code. */
  async list(
    actor: Actor,
    asked: OrganizationsAsked,
    page: PageAsked<readonly [code: string]>,
  ): Promise<Page<OrganizationView>> {
    const rows = await this.unitOfWork.run(networkScope(actor), (tx) =>
      tx.query(organizationsOfNetwork, [
        actor.networkId,
        page.after?.[0] ?? null,
        asked.code ?? null,
        asked.kind ?? null,
        page.limit + 1,
      ]),
    );
    return pageFrom(page, rows, (row) => [row.code], toOrganizationView);
  }
}
