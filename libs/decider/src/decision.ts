/**
 * The result of a decider: events that are now facts, or a refusal that says why and what is legal instead. A refusal is
 * expected and is a value; a thrown error is a bug (architecture.md §8).
 */
export type Decision<Event> =
  | { readonly kind: 'accepted'; readonly events: readonly Event[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** One move that the caller may make: what it needs, what it may carry, and the reason and outcome codes that it accepts. */
export interface LegalMove<Action extends string = string> {
  readonly action: Action;
  readonly needs: readonly string[];
  readonly optional: readonly string[];
  readonly reasons?: readonly string[];
  readonly outcomes?: readonly string[];
}

/** Facts of a refusal are ids, codes, counts and instants, never text that a person wrote. */
export type RefusalFact = string | number | boolean | null | readonly string[];

export interface FieldError {
  readonly field: string;
  readonly message: string;
  readonly allowed?: readonly string[];
}

interface Refused {
  readonly action: string;
  /** The state as the caller may see it; null if the thing does not exist. */
  readonly state: string | null;
  readonly version: number;
  readonly legalMoves: readonly LegalMove[];
}

/**
 * Why it was refused. `role`: this caller may never do this here · `illegal-move`: not from this state · `invalid`:
 * needed data is missing or not allowed · `guard`: the condition named in `guard` is not met · `not-found`: no such
 * thing.
 */
export type Refusal =
  | (Refused & { readonly code: 'role' })
  | (Refused & { readonly code: 'illegal-move' })
  | (Refused & { readonly code: 'invalid'; readonly errors: readonly FieldError[] })
  | (Refused & {
      readonly code: 'guard';
      readonly guard: string;
      readonly facts: Readonly<Record<string, RefusalFact>>;
    })
  | (Refused & { readonly code: 'not-found'; readonly noun: string; readonly id: string });

export function accepted<Event>(events: readonly Event[]): Decision<Event> {
  return { kind: 'accepted', events };
}

export function refused(refusal: Refusal): { readonly kind: 'refused'; readonly refusal: Refusal } {
  return { kind: 'refused', refusal };
}

/** Ends every switch: a forgotten case does not compile. It throws, because only a bug can reach it. */
export function assertNever(value: never): never {
  throw new Error(`unexpected ${JSON.stringify(value)}`);
}
