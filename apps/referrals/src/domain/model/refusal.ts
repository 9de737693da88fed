import { refused, type Decision, type FieldError, type Refusal, type Unmet } from '#decider';
import type { AnyReferralEvent, ReferralState } from './state.ts';

/** What deciding a command of a referral gives: events, or a refusal. */
export type ReferralDecision = Decision<AnyReferralEvent>;

type Refused = Extract<Decision<never>, { readonly kind: 'refused' }>;

/** Refusals of what is asked of a whole referral or need: they have no moves of their own. */
export function roleRefused(state: ReferralState | null, action: string): Refused {
  return refused({ ...about(state, action), code: 'role' });
}

export function nothingToDo(state: ReferralState, action: string): Refused {
  return refused({ ...about(state, action), code: 'illegal-move' });
}

export function guardRefused(state: ReferralState | null, action: string, guard: string, facts: Unmet): Refused {
  return refused({ ...about(state, action), code: 'guard', guard, facts });
}

export function invalid(state: ReferralState, action: string, errors: readonly FieldError[]): Refused {
  return refused({ ...about(state, action), code: 'invalid', errors });
}

export function notFound(state: ReferralState | null, action: string, noun: string, id: string): Refused {
  return refused({ ...about(state, action), code: 'not-found', noun, id });
}

function about(
  state: ReferralState | null,
  action: string,
): Pick<Refusal, 'action' | 'state' | 'version' | 'legalMoves'> {
  const status = state === null ? null : state.closed === null ? 'open' : 'closed';
  return { action, state: status, version: state?.version ?? 0, legalMoves: [] };
}
