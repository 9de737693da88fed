import { Inject, Injectable } from '@nestjs/common';
import type { ClientId, EventEnvelope, InstantText } from '#contracts';
import { CLOCK, type Clock, type DueTimer, type Recording } from '#events';
import type { Tx } from '#persistence';
import { CommandRunner, type SystemCommand } from '#service';
import { loadClient, type ClientState } from './client.rows.ts';

/** What the system writes in a client's stream; nothing if there are neither events nor rows. */
export type SystemWriting = Pick<Recording, 'events' | 'rows' | 'timers'>;

/** The state of a client's stream while the system writes in it. */
export interface InStream {
  readonly client: ClientState;
  readonly now: InstantText;
  /** The version that the first new event will get. */
  readonly nextVersion: number;
}

/** Work in a client's stream without a person: for an event of another service, or for a timer. */
@Injectable()
export class ClientService {
  constructor(
    private readonly commands: CommandRunner,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Runs in the transaction of an event's handler: locks the client's stream before anything is written (architecture.md
   * §5), stores `facts`, switches to the client's scope, and records the result of `decide`.
   */
  async onEvent(
    tx: Tx,
    about: { readonly clientId: ClientId; readonly envelope: EventEnvelope; readonly now: InstantText },
    facts: (tx: Tx) => Promise<void>,
    decide: (stream: InStream) => SystemWriting,
  ): Promise<void> {
    const { clientId, envelope, now } = about;
    await this.commands.follow({ tx, envelope }, inClient(now, decide, facts), clientId);
  }

  /** A client's timer is due: runs as a command of its own and removes the timer, whatever the result. */
  async onTimer(timer: DueTimer, decide: (stream: InStream) => SystemWriting): Promise<void> {
    await this.commands.fire(timer, 'timer', inClient(this.clock.now(), decide));
  }
}

function inClient(
  now: InstantText,
  decide: (stream: InStream) => SystemWriting,
  facts?: (tx: Tx) => Promise<void>,
): SystemCommand<object> {
  return {
    find: () => Promise.resolve({}),
    work: async (tx, _found, { key, version }) => {
      await facts?.(tx);
      await tx.useScope({ kind: 'system', key });
      const client = await loadClient(tx, key);
      return { kind: 'done', body: undefined, at: now, ...decide({ client, now, nextVersion: version + 1 }) };
    },
  };
}
