import { Injectable } from '@nestjs/common';
import { hasRole, networkScope, tenantScope, type Actor } from '#access';
import type { ConsentRequestView } from '#contracts';
import { UnitOfWork } from '#persistence';
import { pageFrom, type Page, type PageAsked } from '#service';
import { IsNull, LessThan, Not } from 'typeorm';
import { RequestRow, toRequestView } from './request.entity.ts';

@Injectable()
export class RequestQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * Newest first: what the own organization waits for; coordinators see requests of clients whose consent names their
   * organization.
   */
  async list(
    actor: Actor,
    open: boolean | undefined,
    asked: PageAsked<readonly [id: string]>,
  ): Promise<Page<ConsentRequestView>> {
    const sends = hasRole(actor, 'discharge-planner', 'organization-admin');
    const after = asked.after?.[0];
    const rows = await this.unitOfWork.run(sends ? tenantScope(actor) : networkScope(actor), (tx) =>
      tx.manager.getRepository(RequestRow).find({
        where: {
          ...(sends ? { from_organization_id: actor.organizationId } : { network_id: actor.networkId }),
          ...(open === undefined ? {} : { closed_at: open ? IsNull() : Not(IsNull()) }),
          ...(after === undefined ? {} : { request_id: LessThan(after) }),
        },
        order: { request_id: 'desc' },
        take: asked.limit + 1,
      }),
    );
    return pageFrom(asked, rows, (row) => [row.request_id], toRequestView);
  }
}
