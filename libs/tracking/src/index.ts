export { between, day, hour, later, minute } from './instant.ts';
export { dueGroupAt, dueOf, type Due, type DueMarks } from './timer/due.ts';
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
