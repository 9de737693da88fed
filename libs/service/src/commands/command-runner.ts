import { eventActor, systemActor, tenantScope } from '#access';
import type { EventActor } from '#contracts';
import {
  AnsweredMeanwhile,
  causeIn,
  causeOf,
  positionOf,
  StaleStream,
  type Clock,
  type DueTimer,
  type EventLog,
  type Ids,
  type ReadContext,
  type StoredAnswer,
  type Timers,
} from '#events';
import { databaseFault, type Tx, type UnitOfWork } from '#persistence';
import { NotFound, PreconditionRequired } from '../problems/form.problems.ts';
import { ServiceUnavailable } from '../problems/later.problems.ts';
import { KeyReused, Stale } from '../problems/move.problems.ts';
import { etagOf, type Answer } from './answer.ts';
import type { CommandRequest } from './command-request.ts';
import type { Disclosure, LockedStream, PersonCommand, SystemCommand, SystemCommandResult, Traced } from './command.ts';
import type { Done } from './command-result.ts';

interface RunnerParts {
  readonly unitOfWork: UnitOfWork;
  readonly log: EventLog;
  readonly timers: Timers;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** One command in its stream: of a person, a timer or an event. */
interface InStream<F> {
  /** Undefined: what the caller may not see is not there. */
  readonly key: (tx: Tx) => Promise<string | undefined>;
  readonly find: (tx: Tx) => Promise<F | undefined>;
  readonly work: (tx: Tx, found: F, stream: LockedStream) => Promise<SystemCommandResult>;
  readonly actor: EventActor;
  readonly cause: Traced | ((found: F) => Traced);
  readonly request?: CommandRequest;
  readonly timer?: DueTimer;
}

interface Recorded {
  readonly kind: 'recorded';
  readonly done: Done;
  readonly stored: StoredAnswer;
}

type Ended = Recorded | Exclude<SystemCommandResult, Done> | { readonly kind: 'nothing' };

const mostTries = 5;

/** Runs every command of every service in one order, whether a person, a timer or an event gives it (architecture.md §4). */
export class CommandRunner {
  constructor(private readonly parts: RunnerParts) {}

  /**
   * A person's command. Returns the answer, or throws the {@link Problem} that refuses it; then nothing is stored. After
   * a deadlock, or when the same key was sent twice at the same time, it is run again; after five tries 503.
   */
  async run<F>(command: PersonCommand<F>): Promise<Answer> {
    if (command.request.ifMatchMissing === true) throw new PreconditionRequired();
    for (let tries = 1; tries <= mostTries; tries += 1) {
      try {
        return await this.byPerson(command);
      } catch (error) {
        if (error instanceof Replay) return { ...error.stored, replayed: true };
        if (!isMeeting(error)) throw error;
      }
    }
    throw new ServiceUnavailable(1);
  }

  /** The stored answer of a command that was sent before; undefined for a new one. */
  async repeated(request: CommandRequest): Promise<Answer | undefined> {
    try {
      await this.parts.unitOfWork.run(tenantScope(request.actor), (tx) => this.replay(tx, request));
      return undefined;
    } catch (error) {
      if (error instanceof Replay) return { ...error.stored, replayed: true };
      throw error;
    }
  }

  /** A disclosure is an event: it is committed before the answer leaves. Returns the body that the work made. */
  disclose<F, V>(disclosure: Disclosure<F>): Promise<V> {
    const { by, scope, find, key, work } = disclosure;
    const { actor, ...cause } = by;
    return this.parts.unitOfWork.run(scope, async (tx) => {
      const run = { ...found({ find, key }), work, actor: eventActor(actor), cause };
      return recordedOf(await this.inStream(tx, run)).done.body as V;
    });
  }

  /** A timer that is due, in a transaction of its own. Its command settles it, also where the command is refused. */
  fire<F>(timer: DueTimer, role: 'system' | 'timer', command: SystemCommand<F>): Promise<Done | undefined> {
    const { find, work } = command;
    const cause = command.cause ?? causeOf(timer) ?? { correlationId: this.parts.ids.next() };
    return this.parts.unitOfWork.run({ kind: 'system', key: timer.key }, async (tx) => {
      const about = { key: () => Promise.resolve(timer.key), find, work };
      const settled = command.movesItsTimer === true ? {} : { timer };
      return this.quietly(tx, timer.key, { ...about, actor: systemActor(role), cause, ...settled });
    });
  }

  /** The command that follows from an event, in the event's transaction, before anything else is written there. */
  follow<F>(
    { tx, envelope }: Pick<ReadContext, 'tx' | 'envelope'>,
    command: SystemCommand<F>,
    key = envelope.key,
  ): Promise<Done | undefined> {
    const { find, work } = command;
    const cause = command.cause ?? causeIn(envelope);
    return this.quietly(tx, key, {
      ...{ key: () => Promise.resolve(key), find, work },
      ...{ actor: systemActor('system'), cause },
    });
  }

  private byPerson<F>({ request, scope, find, key, work, as }: PersonCommand<F>): Promise<Answer> {
    const { correlationId, traceparent } = request;
    const actor = eventActor(request.actor, as);
    // 1. the unit of work, in the caller's scope
    return this.parts.unitOfWork.run(scope, async (tx) => {
      const about = { ...found({ find, key }), work, request };
      const ended = await this.inStream(tx, { ...about, actor, cause: { correlationId, traceparent } });
      // Thrown inside, so that the transaction is rolled back: the lock may have created an empty stream.
      return recordedOf(ended).stored;
    });
  }

  private async quietly<F>(tx: Tx, key: string, run: InStream<F>): Promise<Done | undefined> {
    const ended = await this.inStream(tx, run);
    if (ended.kind === 'quiet') await this.parts.timers.schedule(tx, key, ended.timers);
    return ended.kind === 'recorded' ? ended.done : undefined;
  }

  private async inStream<F>(tx: Tx, run: InStream<F>): Promise<Ended> {
    const { log, timers, clock } = this.parts;
    const { request, timer } = run;
    // 2. find: what the caller may not see is not there
    const key = await run.key(tx);
    if (key === undefined) return { kind: 'nothing' };
    // 3. lock the stream, before any other write or lock (architecture.md §5)
    const version = await log.lockStream(tx, key);
    // 4. a repeat is answered as the first time
    if (request !== undefined) await this.replay(tx, request);
    // 5. find again, in a statement that began after the lock was taken
    const found = await run.find(tx);
    // 6. work: facts, decision; a refusal comes before a stale version (409 before 412)
    const outcome = found === undefined ? ({ kind: 'nothing' } as const) : await run.work(tx, found, { key, version });
    // 7. the timer is settled after the work: who has closed the gate, on which the work waits, may set this timer again
    if (timer !== undefined && !(await timers.settle(tx, timer))) return { kind: 'nothing' };
    if (outcome.kind !== 'done') return outcome;
    // 8. If-Match
    if (request !== undefined) refuseStale(request, outcome);
    if (request === undefined && isEmpty(outcome)) return { kind: 'nothing' };
    // 9. record everything in one statement
    const { at, events, rows, timers: changes } = outcome;
    const stored = storedAnswer(outcome, positionOf(log.service, key, version + events.length));
    await log.record(tx, {
      ...{ key, version, now: at ?? clock.now(), actor: run.actor, ...tracedBy(run.cause, found), events },
      ...(rows === undefined ? {} : { rows }),
      ...(changes === undefined ? {} : { timers: changes }),
      ...(request === undefined ? {} : { answer: { ...keyOf(request), stored } }),
    });
    // 10. the answer leaves after the commit
    return { kind: 'recorded', done: outcome, stored };
  }

  // Thrown, so that the transaction is rolled back: the lock may have created an empty stream.
  private async replay(tx: Tx, request: CommandRequest): Promise<void> {
    const stored = await this.parts.log.storedAnswer(tx, keyOf(request));
    if (stored === 'key-reused') throw new KeyReused();
    if (stored !== undefined) throw new Replay(stored);
  }
}

class Replay extends Error {
  constructor(readonly stored: StoredAnswer) {
    super('answered before');
  }
}

/** A person's command is found twice: before the lock, to know the stream, and after it. */
function found<F>({ find, key }: Pick<PersonCommand<F>, 'find' | 'key'>): Pick<InStream<F>, 'key' | 'find'> {
  return {
    find,
    key: async (tx) => {
      const seen = await find(tx);
      return seen === undefined ? undefined : key(seen);
    },
  };
}

/** Throws the problem of a command that was refused. */
function recordedOf(ended: Ended): Recorded {
  if (ended.kind === 'recorded') return ended;
  if (ended.kind === 'refused') throw ended.problem;
  throw new NotFound();
}

function tracedBy<F>(cause: InStream<F>['cause'], found: F | undefined): Traced {
  return typeof cause === 'function' ? cause(found as F) : cause;
}

function keyOf({ actor, idempotencyKey, requestHash }: CommandRequest): {
  readonly personId: string;
  readonly key: string;
  readonly requestHash: string;
} {
  return { personId: actor.personId, key: idempotencyKey, requestHash };
}

function isEmpty({ events, rows = [], timers = [] }: Done): boolean {
  return events.length === 0 && timers.length === 0 && rows.every((each) => each.rows.length === 0);
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
