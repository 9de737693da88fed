import type { FieldError, RefusalFact } from './decision.ts';

/** The vocabulary of one noun's table; every column is a closed list of codes. */
export interface Vocabulary {
  readonly state: string;
  readonly action: string;
  readonly actor: string;
  readonly field: string;
  readonly condition: string;
  readonly guard: string;
  readonly event: string;
}

/**
 * One row of a noun's table: a whole move as typed data. `number`: its row in domain.md. `when`: conditions on the thing
 * itself that decide whether the row applies. `guards`: conditions that must hold, on the thing or on facts. `to` may be
 * `unchanged`, or `the-state-before` if the thing remembers one.
 */
export interface TransitionRow<V extends Vocabulary> {
  readonly number: number;
  readonly action: V['action'];
  readonly from: readonly V['state'][];
  readonly actors: readonly V['actor'][];
  readonly when?: readonly V['condition'][];
  readonly needs: readonly V['field'][];
  readonly optional: readonly V['field'][];
  readonly guards: readonly V['guard'][];
  readonly emits: V['event'];
  readonly to: V['state'] | 'unchanged' | 'the-state-before';
}

/** Facts that show why a condition does not hold. */
export type Unmet = Readonly<Record<string, RefusalFact>>;

/** A guard: null if its condition holds. Guards over the thing alone also decide whether a move is offered. */
export type Guard<Context, Request> =
  | { readonly over: 'thing'; readonly unmet: (context: Context) => Unmet | null }
  | { readonly over: 'facts'; readonly unmet: (request: Request) => Unmet | null };

/**
 * How the words of a table are read. `Context`: the thing and who looks at it. `Request`: that, with the data that was
 * given and the facts that were looked up. `faults`: what is missing or not allowed in the data for a row.
 */
export interface Reading<V extends Vocabulary, Context, Request extends Context> {
  readonly stateOf: (context: Context) => V['state'];
  readonly actorsOf: (context: Context) => readonly V['actor'][];
  readonly conditions: Readonly<Record<V['condition'], (context: Context) => boolean>>;
  readonly guards: Readonly<Record<V['guard'], Guard<Context, Request>>>;
  readonly faults: (row: TransitionRow<V>, request: Request) => readonly FieldError[];
}
