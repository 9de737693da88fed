import { Injectable } from '@nestjs/common';
import { networkScope, type Actor } from '#access';
import type { OrganizationId, OrganizationsAsked, OrganizationView } from '#contracts';
import { UnitOfWork } from '#persistence';
import { pageFrom, type Page, type PageAsked } from '#service';
import { And, Equal, MoreThan } from 'typeorm';
import { OrganizationRow, toOrganizationView } from './organization.entity.ts';

@Injectable()
export class OrganizationQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async one(actor: Actor, organizationId: OrganizationId): Promise<OrganizationRow | undefined> {
    const found = await this.unitOfWork.run(networkScope(actor), (tx) =>
      tx.manager.getRepository(OrganizationRow).findOneBy({ organization_id: organizationId }),
    );
    return found ?? undefined;
  }

  /** By code. */
  async list(
    actor: Actor,
    { code, kind }: OrganizationsAsked,
    page: PageAsked<readonly [code: string]>,
  ): Promise<Page<OrganizationView>> {
    const after = page.after?.[0];
    const codes = [...(code === undefined ? [] : [Equal(code)]), ...(after === undefined ? [] : [MoreThan(after)])];
    const rows = await this.unitOfWork.run(networkScope(actor), (tx) =>
      tx.manager.getRepository(OrganizationRow).find({
        where: {
          network_id: actor.networkId,
          ...(codes.length === 0 ? {} : { code: And(...codes) }),
          ...(kind === undefined ? {} : { kind }),
        },
        order: { code: 'asc' },
        take: page.limit + 1,
      }),
    );
    return pageFrom(page, rows, (row) => [row.code], toOrganizationView);
  }
}
