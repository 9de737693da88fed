import { eventActor, tenantScope } from '#access';
import type { Role } from '#contracts';
import {
  AnsweredMeanwhile,
  positionOf,
  StaleStream,
  type Clock,
  type EventLog,
  type Recording,
  type StoredAnswer,
} from '#events';
import { databaseFault, type Scope, type Tx, type UnitOfWork } from '#persistence';
import { NotFound, PreconditionRequired } from '../problems/form.problems.ts';
import { ServiceUnavailable } from '../problems/later.problems.ts';
import { KeyReused, Stale } from '../problems/move.problems.ts';
import { etagOf, type Answer } from './answer.ts';
import type { CommandRequest } from './command-request.ts';
import type { Done, Outcome } from './outcome.ts';

/** One command. `F` is what `find` found under the caller's own scope. */
export interface CommandAct<F> {
  readonly request: CommandRequest;
  readonly scope: Scope;
  /** Read without locks; undefined: 404. Called twice: before the lock, and after it, for the state may have moved. */
  readonly find: (tx: Tx) => Promise<F | undefined>;
  /** The stream to lock. */
  readonly key: (found: F) => string;
  /** Facts, decision, rows. The only awaits are on `tx`; may be run again from the start when the database asks for it. */
  readonly work: (tx: Tx, found: F, stream: { readonly key: string; readonly version: number }) => Promise<Outcome>;
  /** The role in which a person of several acts; the token's first without it. */
  readonly as?: Role;
}

interface ActParts {
  readonly unitOfWork: UnitOfWork;
  readonly log: EventLog;
  readonly clock: Clock;
}

const mostTries = 5;

/** Runs every command of every service, in one order (architecture.md §4). */
export class Act {
  constructor(private readonly parts: ActParts) {}

  /**
   * Answers the command, or throws the {@link Problem} that stands against it; then nothing is stored. Two transactions
   * that met (deadlock, the same key sent twice at once) are run again; after some tries 503.
   */
  async run<F>(act: CommandAct<F>): Promise<Answer> {
    if (act.request.ifMatchMissing === true) throw new PreconditionRequired();
    for (let tries = 1; tries <= mostTries; tries += 1) {
      try {
        return await this.once(act);
      } catch (error) {
        if (error instanceof Replay) return { ...error.stored, replayed: true };
        if (!isMeeting(error)) throw error;
      }
    }
    throw new ServiceUnavailable(1);
  }

  /** What a repeat is answered before its command is tried at all; undefined where it was never taken. */
  async repeated(request: CommandRequest): Promise<Answer | undefined> {
    try {
      await this.parts.unitOfWork.run(tenantScope(request.actor), (tx) => this.replay(tx, request));
      return undefined;
    } catch (error) {
      if (error instanceof Replay) return { ...error.stored, replayed: true };
      throw error;
    }
  }

  private once<F>(act: CommandAct<F>): Promise<Answer> {
    const { request } = act;
    // 1. the unit of work, in the caller's scope
    return this.parts.unitOfWork.run(act.scope, async (tx) => {
      // 2. find: what the caller may not see is not there
      const seen = await act.find(tx);
      if (seen === undefined) throw new NotFound();
      // 3. lock the stream, before any other write or lock (architecture.md §5)
      const key = act.key(seen);
      const version = await this.parts.log.lockStream(tx, key);
      // 4. a repeat is answered as the first time
      await this.replay(tx, request);
      // 5. find again, in a statement that began after the lock was had
      const found = await act.find(tx);
      if (found === undefined) throw new NotFound();
      // 6. work: facts, decision; a refusal comes before a stale version (409 before 412)
      const outcome = await act.work(tx, found, { key, version });
      if (outcome.kind === 'refused') throw outcome.problem;
      // 7. If-Match
      refuseStale(request, outcome);
      // 8. record everything in one statement
      const stored = storedAnswer(outcome, positionOf(this.parts.log.service, key, version + outcome.events.length));
      await this.parts.log.record(tx, this.recording(act, { key, version }, outcome, stored));
      // 9. the answer leaves after the commit
      return stored;
    });
  }

  // Thrown, so that the transaction is rolled back: the lock may have made a stream that nothing will ever be in.
  private async replay(tx: Tx, request: CommandRequest): Promise<void> {
    const stored = await this.parts.log.storedAnswer(tx, {
      personId: request.actor.personId,
      key: request.idempotencyKey,
      requestHash: request.requestHash,
    });
    if (stored === 'key-reused') throw new KeyReused();
    if (stored !== undefined) throw new Replay(stored);
  }

  private recording<F>(
    { request, as }: CommandAct<F>,
    stream: { readonly key: string; readonly version: number },
    { at, events, rows, timers }: Done,
    stored: StoredAnswer,
  ): Recording {
    return {
      ...stream,
      now: at ?? this.parts.clock.now(),
      actor: eventActor(request.actor, as),
      correlationId: request.correlationId,
      traceparent: request.traceparent,
      events,
      ...(rows === undefined ? {} : { rows }),
      ...(timers === undefined ? {} : { timers }),
      answer: {
        personId: request.actor.personId,
        key: request.idempotencyKey,
        requestHash: request.requestHash,
        stored,
      },
    };
  }
}

class Replay extends Error {
  constructor(readonly stored: StoredAnswer) {
    super('answered before');
  }
}

function isMeeting(error: unknown): boolean {
  return error instanceof AnsweredMeanwhile || error instanceof StaleStream || databaseFault(error) === 'met';
}

function refuseStale({ ifMatch }: CommandRequest, { current }: Done): void {
  if (ifMatch === undefined || current === undefined || current.version === ifMatch) return;
  throw new Stale(current);
}

function storedAnswer({ status, body, version, location }: Done, position: string): StoredAnswer {
  return {
    status: status ?? 200,
    body,
    position,
    ...(version === undefined ? {} : { etag: etagOf(version) }),
    ...(location === undefined ? {} : { location }),
  };
}
