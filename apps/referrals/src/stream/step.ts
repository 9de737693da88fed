import type { EventActor, InstantText } from '#contracts';
import type { Recording, RowWrite, TimerChange } from '#events';
import { assertNever, type Refusal } from '#decider';
import { GuardRefused, IllegalMove, Invalid, NotFound, type CommandResult, type Problem } from '#service';
import { timerRows } from './timer.rows.ts';
import { changedRows } from './referral.rows.ts';
import {
  decideAndFold,
  type AnyReferralEvent,
  type FactsFor,
  type ReferralCommand,
  type ReferralState,
} from '../domain/referral.ts';

/** What one accepted command changes, ready for `record`. `after`: the state once it is recorded. */
export interface Step {
  readonly kind: 'step';
  readonly after: ReferralState;
  /** The instant of the decision, and so of its events. */
  readonly at: InstantText;
  readonly events: Recording['events'];
  readonly rows: readonly RowWrite[];
  readonly timers: readonly TimerChange[];
}

export interface Refused {
  readonly kind: 'refused';
  readonly problem: Problem;
}

/** Decides and folds one command of the stream. `version` is that of the locked stream. */
export function step<Command extends ReferralCommand>(
  before: ReferralState | null,
  command: Command,
  facts: FactsFor<Command>,
  stream: { readonly version: number; readonly actor: EventActor },
): Step | Refused {
  const decided = decideAndFold(before, command, facts, stream);
  if (decided.kind === 'refused') return { kind: 'refused', problem: problemOf(decided.refusal) };
  const { state: after, events } = decided;
  return {
    kind: 'step',
    after,
    at: facts.now,
    events: events.map((event) => ({ event, subject: subjectOf(event) })),
    rows: changedRows(before, after),
    timers: timerRows(before, after, { events, policy: facts.policy }),
  };
}

/** The step as the result that `CommandRunner` records, with the body of its answer. */
export function commandResult(
  { at, events, rows, timers }: Step,
  body: unknown,
): Extract<CommandResult, { kind: 'done' }> {
  return { kind: 'done', body, at, events, rows, timers };
}

/** What to do, for refusals that the list of legal moves does not explain. */
const whatToDo: Readonly<Record<string, { readonly detail: string }>> = {
  referralIsOpen: {
    detail: 'This referral is closed. Reopen one of its Tasks, or make a new referral, and add the document there.',
  },
  noOtherOpenTask: {
    detail:
      'This network offers a need to one organization at a time. Name one service, or wait until the open Task has ended, or withdraw it.',
  },
  serviceIsOpen: {
    detail:
      'This service takes nobody now. Offer the need to another service, or wait until it opens or has a waiting list.',
  },
  channelIsAllowed: {
    detail:
      'The client may be reached only in the ways in `allowed`. Where there is none, ask the sender, who knows the client.',
  },
  clientIsAlive: {
    detail: 'This client has died, so nothing more is sent or done. A mistaken death is taken back by the sender.',
  },
  referralHasRoom: {
    detail: 'This referral has as many attachments as it may. Remove one that is not needed, then add.',
  },
};

/** `role`: the caller may see the Task but not take this action, so the answer lists the caller's own legal moves. */
function problemOf(refusal: Refusal): Problem {
  const { state, version, legalMoves } = refusal;
  switch (refusal.code) {
    case 'role':
    case 'illegal-move':
      return new IllegalMove({ state, version, legalMoves });
    case 'guard':
      return new GuardRefused({ guard: refusal.guard, facts: refusal.facts, legalMoves, ...whatToDo[refusal.guard] });
    case 'invalid':
      return new Invalid(refusal.errors);
    case 'not-found':
      return new NotFound();
    default:
      return assertNever(refusal);
  }
}

function subjectOf(event: AnyReferralEvent): string {
  if ('taskId' in event) return `task/${event.taskId}`;
  return 'serviceRequestId' in event ? `service-request/${event.serviceRequestId}` : `referral/${event.referralId}`;
}
