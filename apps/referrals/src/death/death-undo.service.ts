import { eventActor, tenantScope } from '#access';
import type { UndoDeath } from '#contracts';
import { Act, GuardRefused, NotFound, type Answer, type CommandRequest } from '#service';
import { Injectable } from '@nestjs/common';
import { callerOf } from '../stream/caller.ts';
import { DecisionFacts } from '../stream/decision.facts.ts';
import { loadReferral } from '../stream/referral.rows.ts';
import { doneBy, step } from '../stream/step.ts';
import { readClients, type StoredClient } from '../client/client.rows.ts';
import { readDeath, type DeathRow } from './death.rows.ts';
import { DeathService } from './death.service.ts';

interface Found {
  readonly client: StoredClient;
  readonly death: DeathRow | undefined;
}

/** A mistaken death, taken back in the stream where it was told. */
@Injectable()
export class DeathUndoService {
  constructor(
    private readonly act: Act,
    private readonly facts: DecisionFacts,
    private readonly deaths: DeathService,
  ) {}

  undo(request: CommandRequest, clientId: string, { reason }: UndoDeath): Promise<Answer> {
    const { actor } = request;
    return this.act.run<Found>({
      request,
      scope: tenantScope(actor),
      find: async (tx) => {
        const client = (await readClients(tx, [clientId])).get(clientId);
        return client === undefined ? undefined : { client, death: await readDeath(tx, clientId) };
      },
      key: ({ death }) => death?.referralId ?? clientId,
      work: async (tx, { client, death }, stream) => {
        // Taken back meanwhile, or told anew elsewhere: then there is nothing here to take back.
        if (death?.referralId !== stream.key) {
          const problem = new GuardRefused({ guard: 'clientDied', facts: { clientId }, legalMoves: [] });
          return { kind: 'refused', problem };
        }
        await tx.useScope({ kind: 'system', key: stream.key });
        const before = await loadReferral(tx, stream.key);
        if (before === undefined) throw new NotFound();
        const facts = await this.facts.gather(tx, before, {});
        const decided = step(before, { type: 'undo-death', caller: callerOf(actor), reason }, facts, {
          version: stream.version,
          actor: eventActor(actor),
        });
        if (decided.kind === 'refused') return decided;
        await this.deaths.record(tx, { ...before, ...decided }, request);
        const { version, deceased: _deceased, ...body } = client;
        return { ...doneBy(decided, body), version };
      },
    });
  }
}
