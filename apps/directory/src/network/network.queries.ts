import { Injectable } from '@nestjs/common';
import { networkScope, type Actor } from '#access';
import type { AreaView, NetworkId } from '#contracts';
import { UnitOfWork, type Tx } from '#persistence';
import { pageFrom, type Page, type PageAsked } from '#service';
import { MoreThan } from 'typeorm';
import { AreaRow, toAreaView } from './area.entity.ts';
import { NetworkRow } from './network.entity.ts';

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

  /** By code. */
  async areas(actor: Actor, page: PageAsked<readonly [code: string]>): Promise<Page<AreaView>> {
    const after = page.after?.[0];
    const rows = await this.unitOfWork.run(networkScope(actor), (tx) =>
      tx.manager.getRepository(AreaRow).find({
        where: { network_id: actor.networkId, ...(after === undefined ? {} : { code: MoreThan(after) }) },
        order: { code: 'asc' },
        take: page.limit + 1,
      }),
    );
    return pageFrom(page, rows, (row) => [row.code], toAreaView);
  }
}
