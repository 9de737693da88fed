import type { Scope, Tx } from '#persistence';
import type { Role } from '#contracts';
import type { Answer } from './answer.ts';
import type { CommandRequest } from './command-request.ts';
import type { Outcome } from './outcome.ts';

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

export class Act {
  run<F>(_act: CommandAct<F>): Promise<Answer> {
    throw new Error('not built yet');
  }
}
