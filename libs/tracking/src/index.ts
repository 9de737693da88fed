export { between, day, hour, plus, minute } from './instant.ts';
export { changes, isKnownType, isTaskEvent, type Aspect, type TypeThatChanges } from './event/changes.ts';
export { needStatusOf, pendingReroute, type NeedStatus, type TaskOfNeed } from './need/need-status.ts';
export { attemptsAfter, attemptsShown, clockSkew, noAttempts, type ContactAttempts } from './task/attempts.ts';
export { isEnded, isOpen, type EndState } from './task/state-groups.ts';
export { waitsFor, type WaitingTask } from './task/waits-for.ts';
export { dueGroupAt, dueNow, dueOf, type Due, type DueMarks } from './timer/due.ts';
export {
  dueIfResumed,
  endTimers,
  findTimer,
  hasReached,
  lengthOf,
  type PauseCause,
  type RunningTimer,
  type Timers,
} from './timer/running-timer.ts';
export { replannedTimers, timersAfter, timersOfDraft } from './timer/timers-after.ts';
export { agenciesOf, claimantsOf, type OfferedTask } from './visibility/agencies.ts';
export { endsAlwaysReported, isEndAlwaysReported, reportsNothing, reportsOutcome } from './visibility/return-path.ts';
export {
  frozenViewAfter,
  isWithheld,
  resultForSender,
  senderView,
  type ReportingTask,
  type TaskWithSenderView,
} from './visibility/sender-view.ts';
export {
  readersOf,
  unknownVisibility,
  visibilityAfter,
  type ItemReaders,
  type Visibility,
  type VisibleItem,
} from './visibility/timeline-visibility.ts';
