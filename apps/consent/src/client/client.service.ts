import { Inject, Injectable } from '@nestjs/common';
import { systemActor } from '#access';
import type { ClientId, EventEnvelope, InstantText } from '#contracts';
import { CLOCK, EventLog, IDS, Timers, type Clock, type DueTimer, type Ids, type Recording } from '#events';
import { UnitOfWork, type Tx } from '#persistence';
import { loadClient, type ClientState } from './client.rows.ts';

/** What the house writes in a client's stream; nothing at all when there are neither events nor rows. */
export type SystemWriting = Pick<Recording, 'events' | 'rows' | 'timers'>;

/** Where a client's stream stands while the house writes in it. */
export interface InStream {
  readonly client: ClientState;
  readonly now: InstantText;
  /** The version that the first new event will get. */
  readonly nextVersion: number;
}

interface Cause extends Pick<Recording, 'now' | 'actor' | 'correlationId' | 'causationId' | 'traceparent'> {
  readonly clientId: ClientId;
}

/** What is done in a client's stream without a person: by an event of another service, or by a timer. */
@Injectable()
export class ClientService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly log: EventLog,
    private readonly timers: Timers,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /**
   * In the transaction of an event's handler: locks the client's stream before anything is written (architecture.md
   * §5), lets `facts` be stored, goes on in the client's own scope, and records what `decide` makes of it.
   */
  async onEvent(
    tx: Tx,
    about: { readonly clientId: ClientId; readonly envelope: EventEnvelope; readonly now: InstantText },
    facts: (tx: Tx) => Promise<void>,
    decide: (stream: InStream) => SystemWriting,
  ): Promise<void> {
    const { clientId, envelope, now } = about;
    const version = await this.log.lockStream(tx, clientId);
    await facts(tx);
    const { id: causationId, correlationId, traceparent } = envelope;
    await this.write(
      tx,
      { clientId, now, actor: systemActor('system'), correlationId, causationId, traceparent },
      version,
      decide,
    );
  }

  /** A timer of a client came due: a command of its own, and the timer is gone with it, whatever it came to. */
  async onTimer(timer: DueTimer, decide: (stream: InStream) => SystemWriting): Promise<void> {
    const now = this.clock.now();
    await this.unitOfWork.run({ kind: 'system', key: timer.key }, async (tx) => {
      const version = await this.log.lockStream(tx, timer.key);
      if (!(await this.timers.settle(tx, timer))) return;
      const cause = { clientId: timer.key, now, actor: systemActor('timer'), correlationId: this.ids.next() };
      await this.write(tx, cause, version, decide);
    });
  }

  private async write(
    tx: Tx,
    { clientId, ...cause }: Cause,
    version: number,
    decide: (stream: InStream) => SystemWriting,
  ): Promise<void> {
    await tx.useScope({ kind: 'system', key: clientId });
    const client = await loadClient(tx, clientId);
    const writing = decide({ client, now: cause.now, nextVersion: version + 1 });
    if (isNothing(writing)) return;
    await this.log.record(tx, { key: clientId, version, ...cause, ...writing });
  }
}

function isNothing({ events, rows, timers }: SystemWriting): boolean {
  return events.length === 0 && (rows ?? []).every((each) => each.rows.length === 0) && (timers ?? []).length === 0;
}
