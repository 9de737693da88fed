import { Flag, Id } from '../fields.ts';
import type { TaskId } from '../ids.ts';

/** `unread`: true only unread ones, false only read ones; without it all. */
export class NotificationsAsked {
  @Flag({ optional: true }) readonly unread?: boolean;
}

export class DeliveriesAsked {
  @Id({ optional: true }) readonly taskId?: TaskId;
}
