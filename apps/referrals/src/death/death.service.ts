import type { DomainEvent, InstantText } from '#contracts';
import { causedBy, Timers, TimerWorker, type DueTimer } from '#events';
import type { Tx } from '#persistence';
import type { CommandRequest } from '#service';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { referralsOfClient } from '../client/client.rows.ts';
import { closeGate } from '../consent-gate/gate.rows.ts';
import { HouseCommands } from '../stream/system-commands.ts';
import { systemCaller } from '../stream/caller.ts';
import { removeDeath, writeDeath } from './death.rows.ts';

const kind = 'client-death';

interface Recorded {
  readonly clientId: string;
  readonly referralId: string;
  readonly events: readonly { readonly event: DomainEvent }[];
  readonly at: InstantText;
}

/**
 * That a client died, as a fact beside all of their referrals. It is written behind the client's closed gate: what was
 * being sent has been sent and is ended by a timer of its referral that is due at once; what comes later reads the fact.
 */
@Injectable()
export class DeathService implements OnModuleInit {
  constructor(
    private readonly timers: Timers,
    private readonly worker: TimerWorker,
    private readonly commands: HouseCommands,
  ) {}

  onModuleInit(): void {
    this.worker.on(kind, (timer) => this.end(timer));
  }

  /** What a command's events say of the client's death, under the lock of its stream. */
  async record(tx: Tx, { clientId, referralId, events, at }: Recorded, request: CommandRequest): Promise<void> {
    const types = new Set(events.map(({ event }) => event.type));
    const died = types.has('referral.client.died');
    if (!died && !types.has('referral.client.death-undone')) return;
    await closeGate(tx, clientId);
    if (!died) return removeDeath(tx, clientId);
    await writeDeath(tx, { clientId, referralId, at });
    const { correlationId, traceparent } = request;
    const cause = { correlationId, traceparent, causationId: null };
    const others = (await referralsOfClient(tx, clientId)).filter((each) => each !== referralId);
    await this.timers.scheduleEach(
      tx,
      others.map((key) => ({ key, change: causedBy({ kind, subject: key, dueAt: at }, cause) })),
    );
  }

  private async end(timer: DueTimer): Promise<void> {
    await this.commands.run(timer, 'system', {
      command: () => ({ type: 'end-for-death', caller: systemCaller('system') }),
      wanted: () => ({}),
    });
  }
}
