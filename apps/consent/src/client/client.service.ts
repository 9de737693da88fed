import { Inject, Injectable } from '@nestjs/common';
import { systemActor } from '#access';
import type { ClientId, EventEnvelope, InstantText } from '#contracts';
import { CLOCK, EventLog, IDS, Timers, type Clock, type DueTimer, type Ids, type Recording } from '#events';
import { UnitOfWork, type Tx } from '#persistence';
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

interface Cause extends Pick<Recording, 'now' | 'actor' | 'correlationId' | 'causationId' | 'traceparent'> {
  readonly clientId: ClientId;
}

/** Work in a client's stream without a person: for an event of another service, or for a timer. */
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

  /** A client's timer is due: runs as a command of its own and removes the timer, whatever the result. */
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
