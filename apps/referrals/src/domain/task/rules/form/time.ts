import type { InstantText, OutputKind, ProgressKind } from '#contracts';
import type { FieldError } from '#decider';
import type { TaskActionData } from '../../../model/command.ts';
import type { ReferralState, TaskRow } from '../../../model/state.ts';
import { clockSkew, plus } from '../../../model/instant.ts';

/** What an agency reports as having happened, and the field that says when. */
interface Report {
  readonly field: string;
  readonly kind: ProgressKind | OutputKind;
  readonly at: InstantText;
}

/**
 * What becomes of the client, and papers, may be older than the agency's yes: a client may move in on Friday and the Task
 * be accepted on Monday. All else is the agency's work on this Task, and there is none before it took the Task on.
 */
const mayPrecedeAcceptance: readonly Report['kind'][] = ['enrolled', 'placement', 'document', 'other'];

/** Only an appointment may lie ahead: its instant is the appointment's. */
const mayLieAhead: readonly Report['kind'][] = ['appointment-booked'];

/** What is reported as done but lies in the future, whatever the Task is. */
export function futureFaults(data: TaskActionData, now: InstantText): readonly FieldError[] {
  const latest = plus(now, clockSkew);
  return reportsIn(data)
    .filter(({ kind, at }) => at > latest && !mayLieAhead.includes(kind))
    .map(({ field, kind }) => ({
      field,
      message: `${field} must not be in the future: report ${kind} once it has happened`,
      allowed: [`until ${now}`],
    }));
}

/** What lies before there was a referral, or before the agency took the Task on. */
export function pastFaults(
  data: TaskActionData,
  { acceptedAt }: Pick<TaskRow, 'acceptedAt'>,
  { createdAt }: Pick<ReferralState, 'createdAt'>,
): readonly FieldError[] {
  return reportsIn(data).flatMap(({ field, kind, at }) => {
    const since =
      acceptedAt === null || mayPrecedeAcceptance.includes(kind)
        ? { from: createdAt, what: 'the referral was made', other: 'what is older belongs in the note' }
        : { from: acceptedAt, what: 'the Task was accepted', other: 'what was done earlier belongs in the note' };
    if (at >= plus(since.from, -clockSkew)) return [];
    const message = `${field} must not lie before ${since.what}: give the instant of a ${kind} since then; ${since.other}`;
    return [{ field, message, allowed: [`from ${since.from}`] }];
  });
}

function reportsIn({ kind, at, outputs = [] }: TaskActionData): readonly Report[] {
  return [
    ...(kind === undefined || at === undefined ? [] : [{ field: 'at', kind, at }]),
    ...outputs.map((output, index) => ({ field: `outputs[${index}].at`, ...output })),
  ];
}
