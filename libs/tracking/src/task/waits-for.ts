import type { TaskId, TaskState, WaitsFor } from '#contracts';

/** The facts that decide whom a Task waits for. */
export interface WaitingTask {
  readonly taskId: TaskId;
  readonly state: TaskState;
  readonly subState: string | null;
}

/**
 * Who must act next (contract.md §2.1, waitsFor). After an end this is the coordinator, while a reroute is pending after
 * this Task.
 */
export function waitsFor(task: WaitingTask, rerouteAfterTaskId: TaskId | null): WaitsFor {
  switch (task.state) {
    case 'draft':
    case 'awaiting-consent':
    case 'info-requested':
      return 'sender';
    case 'sent':
    case 'received':
    case 'accepted':
    case 'in-progress':
      return 'agency';
    case 'on-hold':
      if (task.subState === 'consent-suspended') return 'sender';
      return task.subState === 'awaiting-client' ? 'client' : 'agency';
    case 'decline-review':
      return 'coordinator';
    case 'declined':
    case 'redirected':
    case 'withdrawn':
    case 'expired':
    case 'completed':
    case 'not-completed':
    case 'entered-in-error':
      return task.taskId === rerouteAfterTaskId ? 'coordinator' : 'nobody';
  }
}
