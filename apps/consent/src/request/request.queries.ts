import { Injectable } from '@nestjs/common';
import { hasRole, networkScope, tenantScope, type Actor } from '#access';
import type { ConsentRequestView } from '#contracts';
import { statement, UnitOfWork } from '#persistence';
import { pageFrom, type Page, type PageAsked } from '#service';
import { toRequestView, type RequestRow } from './request.rows.ts';

const page = (whose: string): string =>
  `select * from consent_request
   where ${whose} = $1 and ($2::boolean is null or (closed_at is null) = $2) and ($3::uuid is null or request_id < $3)
   order by request_id desc limit $4`;

const ofSender = statement('requests of sender', page('from_organization_id')).reads<RequestRow>();
const ofNetwork = statement('requests of network', page('network_id')).reads<RequestRow>();

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
    const scope = sends ? tenantScope(actor) : networkScope(actor);
    const whose = sends ? actor.organizationId : actor.networkId;
    const rows = await this.unitOfWork.run(scope, (tx) =>
      tx.query(sends ? ofSender : ofNetwork, [whose, open ?? null, asked.after?.[0] ?? null, asked.limit + 1]),
    );
    return pageFrom(asked, rows, (row) => [row.request_id], toRequestView);
  }
}
