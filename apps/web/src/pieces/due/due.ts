import type { DueGroup } from '#contracts/codes/due-group';
import type { TimerName } from '#contracts/codes/timer-name';

export interface DueFacts {
  readonly dueAt: string | null;
  readonly dueTimer: TimerName | null;
  readonly dueGroup: DueGroup;
  /** When the clock was stopped, as while a question is open. */
  readonly pausedAt?: string | null;
}

/** How a due date is said. Lateness is a mark of its own and never a state. */
export interface DueMark {
  readonly says: 'late' | 'by' | 'paused';
  /** `late` has a flag and its words; `soon` has words; `plain` is read in passing. */
  readonly tone: 'late' | 'soon' | 'plain';
  readonly dueAt: string;
}

/**
 * The mark of what is due; null where nothing is. The clock decides what is late, because a list that was read a minute ago
 * may be wrong; what is soon is the server's to say (domain.md §2.8).
 */
export function dueMark({ dueAt, dueGroup, pausedAt = null }: DueFacts, now: number): DueMark | null {
  if (dueAt === null) return null;
  if (pausedAt !== null) return { says: 'paused', tone: 'plain', dueAt };
  if (Date.parse(dueAt) < now) return { says: 'late', tone: 'late', dueAt };
  return { says: 'by', tone: dueGroup === 'due-soon' ? 'soon' : 'plain', dueAt };
}
