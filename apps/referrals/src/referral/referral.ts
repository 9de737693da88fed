import type { DueGroup, EventEnvelope, InstantText, TaskAction, TaskId, TimerName, WaitsFor } from '#contracts';
import type { Decision, LegalMove } from '#decider';
import type { Caller, Facts, Policy, ReferralCommand } from '../command/command.ts';
import type { AnyReferralEvent, NeedRow, ReferralState, TaskRow } from '../state/state.ts';

export type * from '../command/command.ts';
export type * from '../state/state.ts';

/** The subject under which an event is recorded: `task/<id>` for a Task's own, else `referral/<id>`. */
export function subjectOf(event: AnyReferralEvent): string {
  return 'taskId' in event ? `task/${event.taskId}` : `referral/${event.referralId}`;
}

/** What the fold looks at of an envelope. */
export type Happened = Pick<EventEnvelope<AnyReferralEvent>, 'event' | 'time' | 'actor' | 'streamVersion'>;

/** Folds one event into the state. Never refuses a fact. */
export function evolve(_state: ReferralState | null, _happened: Happened): ReferralState {
  throw new Error('not built yet');
}

/** Events, or a refusal with the caller's legal moves. The roll-up of needs and referral is part of the answer. */
export function decide(
  _state: ReferralState | null,
  _command: ReferralCommand,
  _facts: Facts,
): Decision<AnyReferralEvent> {
  throw new Error('not built yet');
}

/** What this caller may do now, in table order. */
export function legalMoves(
  _state: ReferralState,
  _taskId: TaskId,
  _caller: Caller,
  _policy: Policy,
): readonly LegalMove<TaskAction>[] {
  throw new Error('not built yet');
}

export function waitsFor(_task: TaskRow, _need: NeedRow): WaitsFor {
  throw new Error('not built yet');
}

export interface Due {
  readonly dueTimer: TimerName | null;
  readonly dueAt: InstantText | null;
  readonly dueGroup: DueGroup;
}

export function due(_task: TaskRow, _now: InstantText): Due {
  throw new Error('not built yet');
}

/** The Task as its sender may see it: the frozen view where the return path is `none`. */
export function senderView(_task: TaskRow): TaskRow {
  throw new Error('not built yet');
}
