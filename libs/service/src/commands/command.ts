import type { Actor } from '#access';
import type { Role } from '#contracts';
import type { Cause, TimerChange } from '#events';
import type { Scope, Tx } from '#persistence';
import type { CommandRequest } from './command-request.ts';
import type { CommandResult } from './command-result.ts';

/** What the events of a command are traced by. */
export type Traced = Partial<Cause> & Pick<Cause, 'correlationId'>;

/** The stream of a command, locked: `version` is that of its last event. */
export interface LockedStream {
  readonly key: string;
  readonly version: number;
}

/** Facts, decision, rows. The only awaits are on `tx`; may be run again from the start when the database asks for it. */
export type Work<F> = (tx: Tx, found: F, stream: LockedStream) => Promise<CommandResult>;

/** How a person's command finds what it is about. `F` is what `find` found under the caller's own scope. */
interface Found<F> {
  readonly scope: Scope;
  /** Read without locks; undefined: 404. Called twice: before the lock, and after it, for the state may have moved. */
  readonly find: (tx: Tx) => Promise<F | undefined>;
  /** The stream to lock. */
  readonly key: (found: F) => string;
  readonly work: Work<F>;
}

/** A command of a person: its answer is stored under the Idempotency-Key, and If-Match is checked. */
export interface PersonCommand<F> extends Found<F> {
  readonly request: CommandRequest;
  /** The role in which a person of several acts; the token's first without it. */
  readonly as?: Role;
}

/** A read that is recorded as an event. It has no Idempotency-Key: each call is one disclosure. Its answer is stored nowhere. */
export interface Disclosure<F> extends Found<F> {
  readonly by: { readonly actor: Actor; readonly correlationId: string; readonly traceparent: string | null };
}

/** A command that no person gives, in the stream of a timer or of an event, in scope `system`. */
export interface SystemCommand<F> {
  readonly find: (tx: Tx) => Promise<F | undefined>;
  /** For a timer it writes nothing itself: if another process has settled the timer meanwhile, nothing is recorded. */
  readonly work: (tx: Tx, found: F, stream: LockedStream) => Promise<SystemCommandResult>;
  /** Its record moves the timer itself, because what it did has happened even if the timer was moved meanwhile. */
  readonly movesItsTimer?: boolean;
  /** The cause of its events, where the timer or the event does not carry it. */
  readonly cause?: (found: F) => Traced;
}

/** `quiet`: refused without a problem, because the state changed meanwhile. `timers` are set again where one fired too early. */
export type SystemCommandResult = CommandResult | { readonly kind: 'quiet'; readonly timers: readonly TimerChange[] };
