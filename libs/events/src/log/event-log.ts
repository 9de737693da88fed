import { schemaVersionOf, type EventEnvelope } from '#contracts';
import { statement, type Statement, type Tx } from '#persistence';
import { traceBegunBy } from '../cloud-events.ts';
import type { Ids } from '../clock.ts';
import { atOnce } from '../timers/timer.ts';
import { recordStatement } from './record-statement.ts';
import { recordValues } from './record-values.ts';
import type { Recording, StoredAnswer } from './recording.ts';

/** The stream is not at the expected version: it was not locked first, or the caller guessed the version. */
export class StaleStream extends Error {
  override readonly name = 'StaleStream';
}

/**
 * Meanwhile another command, on another stream, stored an answer under this idempotency key (somebody sent twice at the
 * same time a command that creates a new stream each time). Roll back and run the whole command again: `storedAnswer`
 * then finds that answer.
 */
export class AnsweredMeanwhile extends Error {
  override readonly name = 'AnsweredMeanwhile';
}

export interface EventLogOptions {
  /** The service's name, such as `referrals`: the source of its events is `/referrals`. */
  readonly service: string;
  readonly ids: Ids;
  /** Called after a commit that appended events: wakes the relay. */
  readonly appended?: () => void;
  /** Called after a commit that set timers which are already due: wakes the timer worker. */
  readonly scheduled?: () => void;
}

// A transaction that waits for a row gets its id as soon as the first of several waiters continues. So with row locks
// alone, ids could fall while versions rise (measured: 30 commands on one stream). Waiting for an advisory lock assigns
// no id. The lock is in the filter of the whole scan, so it is taken first, even if there is no row yet. Then the row is
// locked for readers, and `for update` reads its newest version whatever the statement's snapshot.
const lock = statement(
  'lock-stream',
  `select version from stream
   where key = $1 and (select pg_advisory_xact_lock(hashtextextended(current_schema() || ' stream ' || $1, 0)) is not null)
   for update`,
);
const readVersion = statement('stream-version', 'select version from stream where key = $1');
const create = statement(
  'create-stream',
  'insert into stream (key, version) values ($1, 0) on conflict (key) do nothing returning version',
);
const readAnswer = statement(
  'stored-answer',
  `select request_hash, status, body, etag, position, location from idempotency where person_id = $1 and key = $2`,
).reads<AnswerRow>();

interface StreamRow {
  readonly version: number;
}

interface AnswerRow {
  readonly request_hash: string;
  readonly status: number;
  readonly body: unknown;
  readonly etag: string | null;
  readonly position: string | null;
  readonly location: string | null;
}

/**
 * The service's event log. It is also the outbox: a command appends its events here in its own transaction, and the relay
 * sends them. It knows no event and no noun by name.
 */
export class EventLog {
  constructor(private readonly options: EventLogOptions) {}

  get service(): string {
    return this.options.service;
  }

  /**
   * Locks the stream until the end of the transaction and returns its version. An unknown stream is created with version
   * 0. Call it before any other write or lock of the transaction: only then do transaction ids rise with versions
   * (architecture.md §5).
   */
  async lockStream(tx: Tx, key: string): Promise<number> {
    const locked = (await version(tx, lock, key)) ?? (await version(tx, create, key)) ?? (await version(tx, lock, key));
    if (locked === undefined) throw new Error(`the stream ${key} was created and deleted while it was being locked`);
    return locked;
  }

  /** Returns the committed version without a lock; 0 for an unknown stream. */
  async streamVersion(tx: Tx, key: string): Promise<number> {
    return (await version(tx, readVersion, key)) ?? 0;
  }

  /** Returns the answer to this person's earlier command with this key, if the request is the same (contract.md §1). */
  async storedAnswer(
    tx: Tx,
    asked: { readonly personId: string; readonly key: string; readonly requestHash: string },
  ): Promise<StoredAnswer | 'key-reused' | undefined> {
    const [row] = await tx.query(readAnswer, [asked.personId, asked.key]);
    if (row === undefined) return undefined;
    if (row.request_hash !== asked.requestHash) return 'key-reused';
    const { status, body, etag, position, location } = row;
    return {
      status,
      body,
      ...(etag === null ? {} : { etag }),
      ...(position === null ? {} : { position }),
      ...(location === null ? {} : { location }),
    };
  }

  /**
   * Writes everything that a command writes, in one statement: the stream's new version, events, rows, timers, the
   * answer. Returns the events in the form in which they are sent. Throws {@link StaleStream}, {@link AnsweredMeanwhile}
   * and the errors of the service's own constraints and policies; the transaction must then be rolled back.
   */
  async record(tx: Tx, recording: Recording): Promise<readonly EventEnvelope[]> {
    const envelopes = recording.events.map((each, i) => this.envelope(recording, each, i));
    const { shape, values } = recordValues(recording, envelopes);
    const [written] = await tx.query(recordStatement(shape), values);
    if (written === undefined || written.version === null) {
      throw new StaleStream(`stream ${recording.key} does not stand at ${recording.version}`);
    }
    if (written.answered === 0) throw new AnsweredMeanwhile('an answer is stored under this idempotency key');
    this.wakeAfterCommit(tx, recording);
    return envelopes;
  }

  private envelope(recording: Recording, { event, subject }: Recording['events'][number], i: number): EventEnvelope {
    return {
      id: this.options.ids.next(),
      type: event.type,
      schemaVersion: schemaVersionOf(event),
      source: `/${this.options.service}`,
      subject,
      time: recording.now,
      key: recording.key,
      streamVersion: recording.version + 1 + i,
      actor: recording.actor,
      causationId: recording.causationId ?? null,
      correlationId: recording.correlationId,
      traceparent: recording.traceparent ?? traceBegunBy(recording.correlationId),
      event,
    };
  }

  private wakeAfterCommit(tx: Tx, recording: Recording): void {
    const { appended, scheduled } = this.options;
    if (appended !== undefined && recording.events.length > 0) tx.afterCommit(appended);
    const due = (recording.timers ?? []).some(
      (each) => each.dueAt === atOnce || (each.dueAt !== null && each.dueAt <= recording.now),
    );
    if (scheduled !== undefined && due) tx.afterCommit(scheduled);
  }
}

async function version(tx: Tx, by: Statement<[string | null], StreamRow>, key: string): Promise<number | undefined> {
  const [row] = await tx.query(by, [key]);
  return row?.version;
}
