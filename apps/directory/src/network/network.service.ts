import { Injectable } from '@nestjs/common';
import { networkScope } from '#access';
import type { SetNetworkPolicy } from '#contracts';
import { Act, type Answer, type CommandRequest } from '#service';
import { networkTable, policyChanged, toNetworkView, withPolicy } from './network.entity.ts';
import { NetworkQueries } from './network.queries.ts';

@Injectable()
export class NetworkService {
  constructor(
    private readonly act: Act,
    private readonly networks: NetworkQueries,
  ) {}

  /** Puts a whole new policy in place of the network's. */
  setPolicy(request: CommandRequest, policy: SetNetworkPolicy): Promise<Answer> {
    const { actor } = request;
    return this.act.run({
      request,
      scope: networkScope(actor),
      as: 'network-admin',
      find: (tx) => this.networks.find(tx, actor.networkId),
      key: (found) => found.network_id,
      work: (_tx, found, stream) => {
        const changed = withPolicy(found, policy, stream.version + 1);
        return Promise.resolve({
          kind: 'done',
          body: toNetworkView(changed),
          version: changed.version,
          current: { version: found.version, state: null },
          events: [{ event: policyChanged(changed), subject: `network/${changed.network_id}` }],
          rows: [{ table: networkTable, rows: [{ ...changed }] }],
        });
      },
    });
  }
}
