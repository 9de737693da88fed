import { Injectable } from '@nestjs/common';
import { networkScope } from '#access';
import type { SetNetworkPolicy } from '#contracts';
import { CommandRunner, Invalid, type Answer, type CommandRequest } from '#service';
import { networkTable, policyChanged, toNetworkView, withPolicy } from './network.entity.ts';
import { NetworkQueries } from './network.queries.ts';

@Injectable()
export class NetworkService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly networks: NetworkQueries,
  ) {}

  /** Replaces the network's whole policy. A timer that occurs twice is {@link Invalid}. */
  async setPolicy(request: CommandRequest, policy: SetNetworkPolicy): Promise<Answer> {
    const { actor } = request;
    const twice = repeatedTimers(policy);
    if (twice.length > 0) throw new Invalid(twice);
    return this.commands.run({
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

function repeatedTimers({ timers = [] }: SetNetworkPolicy): Invalid['errors'] {
  return timers.flatMap(({ timer }, index) =>
    timers.findIndex((each) => each.timer === timer) < index
      ? [{ field: `timers[${index}].timer`, message: `${timer} occurs twice; name each timer once` }]
      : [],
  );
}
