import { TaskReturnPathChanged, TaskSent, type ReturnPath } from '#contracts';
import { actors, cast } from './cast.ts';
import type { PastEvent } from './given-when-then.ts';
import type { AnyEvent } from './history.ts';
import type { ReferralHistory } from './referral-history.ts';
import { histories, historyNames, type HistoryName } from './histories.ts';

type Path = { readonly sent: ReturnPath; readonly then?: ReturnPath };

/** What may be reported back: from the sending on, and after a change of consent at the end of the history. */
const paths: readonly Path[] = [
  { sent: 'outcome' },
  { sent: 'status' },
  { sent: 'none' },
  { sent: 'outcome', then: 'none' },
  { sent: 'none', then: 'outcome' },
];

/** A Task in one of its places, on one return path: a referral of its own, so that one database holds all of them. */
export interface ReportingCase {
  readonly place: HistoryName;
  readonly path: string;
  readonly referralId: string;
  readonly events: readonly PastEvent<AnyEvent>[];
}

/** Every place in which a Task may stand, on every return path. */
export const reportingCases: readonly ReportingCase[] = historyNames
  .flatMap((place) => paths.map((path) => ({ place, path })))
  .map(({ place, path }, index) => ({
    place,
    path: Object.values(path).join(', then '),
    referralId: inReferral(index + 1, cast.referral),
    events: inReferral(index + 1, reporting(histories[place], path)),
  }));

/** A history whose sendings had another return path. */
function reporting(history: ReferralHistory, path: Path): readonly PastEvent<AnyEvent>[] {
  const events = history.events.map((past) =>
    past.event.type === 'referral.task.sent'
      ? { ...past, event: TaskSent.of({ ...past.event, returnPath: path.sent }) }
      : past,
  );
  const sent = events.map(({ event }) => event).findLast((event) => event.type === 'referral.task.sent');
  if (path.then === undefined || sent?.type !== 'referral.task.sent') return events;
  const { referralId, taskId, serviceRequestId } = sent;
  const changed = TaskReturnPathChanged.of({ referralId, taskId, serviceRequestId, returnPath: path.then });
  return [...events, { event: changed, time: history.now, actor: actors.system }];
}

/** The same with ids of its own for referral, needs and Tasks. */
function inReferral<T>(number: number, value: T): T {
  const block = number.toString(16).padStart(4, '0');
  const text = JSON.stringify(value, (_key, each: unknown) => (isEvent(each) ? { ...each, type: each.type } : each));
  return JSON.parse(text.replaceAll(/0190b0d0-0000(-7000-8000-000[89a])/g, `0190b0d0-${block}$1`)) as T;
}

/** The type of an event is not a field of its own, so a JSON text would lose it. */
function isEvent(value: unknown): value is AnyEvent {
  return typeof value === 'object' && value !== null && 'type' in value;
}
