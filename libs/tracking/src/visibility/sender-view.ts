import type { InstantText, NeedResult, ReturnPath, TaskState } from '#contracts';
import { endTimers, type Timers } from '../timer/running-timer.ts';
import { isAlwaysReported, reportsNothing } from './return-path.ts';

/** The facts of a Task that decide whether its sender's view is frozen. */
export interface ReportingTask {
  readonly state: TaskState;
  readonly returnPath: ReturnPath;
  readonly sentAt: InstantText | null;
}

/** The view of a Task that its sender still sees; null while the sender sees all of it. */
export interface TaskWithSenderView<View> extends ReportingTask {
  readonly frozen: View | null;
}

/** Tells whether the Task's changes are withheld from its sender (contract.md §4.6). */
export function isWithheld({ state, returnPath, sentAt }: ReportingTask): boolean {
  return sentAt !== null && reportsNothing(returnPath) && !isAlwaysReported(state);
}

/**
 * The frozen view after an event, from the Task before and after it. A Task sent without a return path is shown as sent;
 * if consent is narrowed later, the earlier view stays.
 */
export function frozenViewAfter<View extends { readonly timers: Timers }, Task extends TaskWithSenderView<View>>(
  before: Task,
  after: Task,
  eventType: string,
  viewOf: (task: Task) => View,
): View | null {
  if (!isWithheld(after)) return null;
  if (before.frozen === null) return viewOf(eventType === 'referral.task.sent' ? after : before);
  return eventType === 'referral.task.delivered' ? withoutDelivery(before.frozen) : before.frozen;
}

/** The Task as its sender may see it. */
export function senderView<Task extends { readonly frozen: object | null }>(task: Task): Task {
  return task.frozen === null ? task : { ...task, ...task.frozen };
}

/** The result of a need for its sender: still in play if a Task of it is withheld, unless a person settled it. */
export function resultForSender(
  need: { readonly result: NeedResult; readonly settledByHand: boolean },
  tasks: readonly { readonly frozen: object | null }[],
): NeedResult {
  return !need.settledByHand && tasks.some((task) => task.frozen !== null) ? 'in-play' : need.result;
}

/** That the offer arrived says nothing about the client, so the sender's timer ends as well. */
function withoutDelivery<View extends { readonly timers: Timers }>(view: View): View {
  return { ...view, timers: endTimers(view.timers, 'deliver-by') };
}
