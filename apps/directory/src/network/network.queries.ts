import { Injectable } from '@nestjs/common';
import { networkScope, type Actor } from '#access';
import type { AreaView, NetworkId } from '#contracts';
import { statement, UnitOfWork, type Tx } from '#persistence';
import { pageFrom, type Page, type PageAsked } from '#service';
import { NetworkRow } from './network.entity.ts';

const areasOfNetwork = statement(
  'areas of network',
  `select area_id, code, name from area
   where network_id = $1 and ($2::text is null or code > $2) order by code limit $3`,
).reads<AreaRow>();

interface AreaRow {
  readonly area_id: string;
  readonly code: string;
  readonly name: string;
}

@Injectable()
export class NetworkQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Undefined if the network of the token is unknown here. */
  async own(actor: Actor): Promise<NetworkRow | undefined> {
    return this.unitOfWork.run(networkScope(actor), (tx) => this.find(tx, actor.networkId));
  }

  async find(tx: Tx, networkId: NetworkId): Promise<NetworkRow | undefined> {
    const found = await tx.manager.getRepository(NetworkRow).findOneBy({ network_id: networkId });
    return found ?? undefined;
  }

  async areas(actor: Actor, page: PageAsked<readonly [code: string]>): Promise<Page<AreaView>> {
    const rows = await this.unitOfWork.run(networkScope(actor), (tx) =>
      tx.query(areasOfNetwork, [actor.networkId, page.after?.[0] ?? null, page.limit + 1]),
    );
    return pageFrom(
      page,
      rows,
      (row) => [row.code],
      (row) => ({ areaId: row.area_id, code: row.code, name: row.name }),
    );
  }
}
