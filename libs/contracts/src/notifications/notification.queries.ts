import { deliveryStates, type DeliveryState } from '../codes/delivery-state.ts';
import { Code, Flag, Id } from '../fields.ts';
import type { TaskId } from '../ids.ts';

/** `unread`: true only unread ones, false only read ones; without it all. */
export class NotificationsAsked {
  @Flag({ optional: true }) readonly unread?: boolean;
}

/** `state`: those in any of these states; a query repeats it. */
export class DeliveriesAsked {
  @Id({ optional: true }) readonly taskId?: TaskId;
  @Code(deliveryStates, { optional: true, list: true, min: 1 }) readonly state?: readonly DeliveryState[];
}
