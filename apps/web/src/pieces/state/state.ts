import { holdStates, type HoldState } from '#contracts/codes/hold-state';
import type { Outcome } from '#contracts/codes/outcome';
import type { ProgressKind } from '#contracts/codes/progress-kind';
import type { ReasonCode } from '#contracts/codes/reason';
import type { TaskState } from '#contracts/codes/task-state';
import type { Tone } from '../../kit/badge/badge.tsx';
import type { ShapeName } from '../../kit/badge/shape.tsx';

/** The six words; the same everywhere. */
export type StateWord = 'not-sent' | 'sent' | 'acknowledged' | 'accepted' | 'on-hold' | 'ended';

export const stateWords: readonly StateWord[] = ['not-sent', 'sent', 'acknowledged', 'accepted', 'on-hold', 'ended'];

export interface Look {
  readonly word: StateWord;
  readonly shape: ShapeName;
  readonly tone: Tone;
}

const notSent: Look = { word: 'not-sent', shape: 'ring', tone: 'waiting' };
const sent: Look = { word: 'sent', shape: 'triangle', tone: 'waiting' };
const acknowledged: Look = { word: 'acknowledged', shape: 'half', tone: 'waiting' };
const accepted: Look = { word: 'accepted', shape: 'disc', tone: 'accent' };
const helped: Look = { word: 'ended', shape: 'check', tone: 'helped' };
const ended: Look = { word: 'ended', shape: 'cross', tone: 'quiet' };

const looks: Readonly<Record<TaskState, Look>> = {
  draft: notSent,
  'awaiting-consent': notSent,
  sent,
  received: acknowledged,
  'info-requested': acknowledged,
  'decline-review': acknowledged,
  accepted,
  'in-progress': accepted,
  'on-hold': { word: 'on-hold', shape: 'bars', tone: 'soon' },
  completed: helped,
  'not-completed': ended,
  declined: ended,
  redirected: ended,
  withdrawn: ended,
  expired: ended,
  'entered-in-error': ended,
};

/** Word, shape and colour of a state. Acknowledged is never Ended: "received" closes nothing. */
export function lookOf(state: TaskState): Look {
  return looks[state];
}

/** What a row, a card or a panel knows of a Task; absent facts are simply not said. */
export interface StateFacts {
  readonly state: TaskState;
  readonly subState?: HoldState | ProgressKind | null;
  readonly reason?: ReasonCode | null;
  readonly outcome?: Outcome | null;
  readonly afterAcceptance?: boolean;
  readonly assignment?: 'directed' | 'pool';
  readonly withdrawalRequestedAt?: string | null;
  readonly appointmentAt?: string | null;
  readonly reviewOn?: string | null;
  /** The name of the owner; null where there is none. */
  readonly owner?: string | null;
  /** On which side the reader stands: a question is "for you" only for the sender. */
  readonly side: 'sender' | 'agency' | 'coordinator';
}

type Plain =
  | ('draft' | 'needs-permission' | 'not-acknowledged' | 'open-to-any' | 'question-for-you' | 'question-open')
  | ('withdrawal-asked' | 'no-owner' | 'nobody-answered' | 'redirected' | 'in-error');
type WithReason = 'decline-in-review' | 'after-acceptance' | 'declined' | 'withdrawn' | 'not-completed';

/** What stands under the word. */
export type SecondLine =
  | { readonly says: Plain }
  | { readonly says: WithReason; readonly reason: ReasonCode }
  | { readonly says: 'state'; readonly state: TaskState }
  | { readonly says: 'owner'; readonly owner: string }
  | { readonly says: 'appointment'; readonly at: string }
  | { readonly says: 'progress'; readonly progress: ProgressKind }
  | { readonly says: 'hold'; readonly hold: HoldState; readonly reviewOn: string | null }
  | { readonly says: 'outcome'; readonly outcome: Outcome };

/** The second line of a state (web design: six words, and what each says under it); null where nothing is known. */
export function secondLine(facts: StateFacts): SecondLine | null {
  switch (facts.state) {
    case 'draft':
      return { says: 'draft' };
    case 'awaiting-consent':
      return { says: 'needs-permission' };
    case 'sent':
      return { says: facts.assignment === 'pool' ? 'open-to-any' : 'not-acknowledged' };
    case 'received':
      return ownerLine(facts);
    case 'info-requested':
      return { says: facts.side === 'sender' ? 'question-for-you' : 'question-open' };
    case 'decline-review':
      return withReason('decline-in-review', facts);
    case 'accepted':
    case 'in-progress':
      return workLine(facts);
    case 'on-hold':
      return isHold(facts.subState) ? holdLine(facts.subState, facts.reviewOn ?? null) : null;
    default:
      return endLine(facts);
  }
}

/** What must be known first: that it is to end, when they meet, what happened last, who has it. */
function workLine(facts: StateFacts): SecondLine | null {
  const { withdrawalRequestedAt, appointmentAt, subState } = facts;
  if (withdrawalRequestedAt !== undefined && withdrawalRequestedAt !== null) return { says: 'withdrawal-asked' };
  if (subState === 'appointment-booked' && appointmentAt !== undefined && appointmentAt !== null) {
    return { says: 'appointment', at: appointmentAt };
  }
  if (subState !== undefined && subState !== null && subState !== 'interim' && !isHold(subState)) {
    return { says: 'progress', progress: subState };
  }
  return ownerLine(facts);
}

function ownerLine({ owner, side }: StateFacts): SecondLine | null {
  if (owner === undefined) return null;
  if (owner === null) return side === 'agency' ? { says: 'no-owner' } : null;
  return { says: 'owner', owner };
}

function holdLine(hold: HoldState, reviewOn: string | null): SecondLine {
  return { says: 'hold', hold, reviewOn: hold === 'consent-suspended' ? null : reviewOn };
}

function endLine(facts: StateFacts): SecondLine {
  const { state, outcome, afterAcceptance = false } = facts;
  switch (state) {
    case 'completed':
      return outcome === undefined || outcome === null ? { says: 'state', state } : { says: 'outcome', outcome };
    case 'declined':
      return withReason(afterAcceptance ? 'after-acceptance' : 'declined', facts);
    case 'withdrawn':
    case 'not-completed':
      return withReason(state, facts);
    case 'redirected':
      return { says: 'redirected' };
    case 'expired':
      return { says: 'nobody-answered' };
    case 'entered-in-error':
      return { says: 'in-error' };
    default:
      return { says: 'state', state };
  }
}

/** A reason that the reader may not see leaves the state. */
function withReason(says: WithReason, { reason, state }: StateFacts): SecondLine {
  return reason === undefined || reason === null ? { says: 'state', state } : { says, reason };
}

function isHold(subState: StateFacts['subState']): subState is HoldState {
  const holds: readonly string[] = holdStates;
  return typeof subState === 'string' && holds.includes(subState);
}
