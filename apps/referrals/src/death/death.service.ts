import { tenantScope } from '#access';
import type { UndoDeath } from '#contracts';
import { CommandRunner, GuardRefused, type Answer, type CommandRequest } from '#service';
import { Injectable } from '@nestjs/common';
import { ReferralStream } from '../stream/referral-stream.ts';
import { callerOf } from '../stream/caller.ts';
import { commandResult } from '../stream/step.ts';
import { readClients, type StoredClient } from '../client/client.rows.ts';
import { readDeath, type DeathRow } from '../stream/death.rows.ts';

interface Found {
  readonly client: StoredClient;
  readonly death: DeathRow | undefined;
}

/** Takes back a mistaken death, in the stream that reported it. */
@Injectable()
export class DeathUndoService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly stream: ReferralStream,
  ) {}

  undo(request: CommandRequest, clientId: string, { reason }: UndoDeath): Promise<Answer> {
    const { actor } = request;
    return this.commands.run<Found>({
      request,
      scope: tenantScope(actor),
      find: async (tx) => {
        const client = (await readClients(tx, [clientId])).get(clientId);
        return client === undefined ? undefined : { client, death: await readDeath(tx, clientId) };
      },
      key: ({ death }) => death?.referralId ?? clientId,
      work: async (tx, { client, death }, stream) => {
        // The death was taken back meanwhile, or another referral has recorded it again.
        if (death?.referralId !== stream.key) {
          const problem = new GuardRefused({ guard: 'clientDied', facts: { clientId }, legalMoves: [] });
          return { kind: 'refused', problem };
        }
        const command = { type: 'undo-death', caller: callerOf(actor), reason } as const;
        const decided = await this.stream.decide(tx, stream, request, { command: () => command });
        if (decided.kind === 'refused') return decided;
        const { version, deceased: _deceased, ...body } = client;
        return { ...commandResult(decided, body), version };
      },
    });
  }
}
