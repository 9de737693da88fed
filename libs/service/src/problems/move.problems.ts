import { Problem } from './problem.ts';

/** 409: the state has no such move, or not for this actor. `legalMoves` are the caller's moves, from the table. */
export class IllegalMove extends Problem {
  constructor(about: {
    readonly state: string | null;
    readonly version: number;
    readonly legalMoves: readonly unknown[];
  }) {
    super({
      code: 'illegal-move',
      title: 'Not possible now',
      status: 409,
      detail: 'This cannot be done in the current state.',
      members: { state: about.state, version: about.version, legalMoves: about.legalMoves },
    });
  }
}

/** 409: the move is in the table, but a fact prevents it. `facts`: only ids, codes and counts; `detail`: what to do. */
export class GuardRefused extends Problem {
  constructor(about: {
    readonly guard: string;
    readonly facts: Readonly<Record<string, unknown>>;
    readonly legalMoves: readonly unknown[];
    readonly detail?: string;
  }) {
    super({
      code: 'guard',
      title: 'Not possible now',
      status: 409,
      detail: about.detail ?? 'A rule does not allow this now.',
      members: { guard: about.guard, facts: about.facts, legalMoves: about.legalMoves },
    });
  }
}

/** 412: legal, but the caller has not seen the latest version. `members`: of this route alone. */
export class Stale extends Problem {
  constructor(
    current: { readonly version: number; readonly state: string | null },
    members: Readonly<Record<string, unknown>> = {},
  ) {
    super({
      code: 'stale',
      title: 'Changed meanwhile',
      status: 412,
      detail: 'It has changed since you read it. Read it again.',
      members: { version: current.version, state: current.state, ...members },
    });
  }
}

/** 422: this person used the Idempotency-Key for another path or body. */
export class KeyReused extends Problem {
  constructor() {
    super({
      code: 'key-reused',
      title: 'Key used before',
      status: 422,
      detail: 'This Idempotency-Key was used for another request.',
    });
  }
}
