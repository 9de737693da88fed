import { Code, Id } from '../fields.ts';
import type { TaskId } from '../ids.ts';
import { FreshListAsked } from '../list.queries.ts';

/** `unread`: `true` only those not read yet, `false` only those read; without it all. */
export class NotificationsAsked extends FreshListAsked {
  @Code(['true', 'false'], { optional: true }) readonly unread?: 'true' | 'false';
}

export class DeliveriesAsked extends FreshListAsked {
  @Id({ optional: true }) readonly taskId?: TaskId;
}
