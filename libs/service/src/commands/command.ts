import type { Actor } from '#access';
import type { Role } from '#contracts';
import type { Cause, TimerChange } from '#events';
import type { Scope, Tx } from '#persistence';
import type { CommandRequest } from './command-request.ts';
import type { Outcome } from './outcome.ts';

/** What the events of a command are traced by. */
export type Traced = Partial<Cause> & Pick<Cause, 'correlationId'>;

/** The stream of a command, locked: `version` is that of its last event. */
export interface LockedStream {
  readonly key: string;
  readonly version: number;
}

/** Facts, decision, rows. The only awaits are on `tx`; may be run again from the start when the database asks for it. */
export type Work<F> = (tx: Tx, found: F, stream: LockedStream) => Promise<Outcome>;

/** How a person's command finds what it is about. `F` is what `find` found under the caller's own scope. */
interface Found<F> {
  readonly scope: Scope;
  /** Read without locks; undefined: 404. Called twice: before the lock, and after it, for the state may have moved. */
  readonly find: (tx: Tx) => Promise<F | undefined>;
  /** The stream to lock. */
  readonly key: (found: F) => string;
  readonly work: Work<F>;
}

/** A command of a person: repeated under its key, held against If-Match, its answer stored. */
export interface PersonCommand<F> extends Found<F> {
  readonly request: CommandRequest;
  /** The role in which a person of several acts; the token's first without it. */
  readonly as?: Role;
}

/** A read that is a fact. It has no key: each is one of its own. Its answer is given out and stored nowhere. */
export interface Disclosure<F> extends Found<F> {
  readonly by: { readonly actor: Actor; readonly correlationId: string; readonly traceparent: string | null };
}

/** A command that no person gives, in the stream of a timer or of an event, in scope `system`. */
export interface SystemCommand<F> {
  readonly find: (tx: Tx) => Promise<F | undefined>;
  readonly work: (tx: Tx, found: F, stream: LockedStream) => Promise<SystemOutcome>;
  /** Its record moves the timer itself: what it did has happened, whatever became of the timer meanwhile. */
  readonly movesItsTimer?: boolean;
  /** What set it off, where the timer or the event does not say so itself. */
  readonly cause?: (found: F) => Traced;
}

/** A refusal is quiet: the state moved on meanwhile. `timers`: set again where the timer only came too early. */
export type SystemOutcome = Outcome | { readonly kind: 'quiet'; readonly timers: readonly TimerChange[] };
