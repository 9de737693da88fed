import { dueGroups, type DueGroup } from '../codes/due-group.ts';
import { needs, type Need } from '../codes/need.ts';
import { taskStates, type TaskState } from '../codes/task-state.ts';
import { Code, Flag, Id } from '../fields.ts';
import type { OrganizationId } from '../ids.ts';

/** Filters of an inbox. `group`: by urgency; `mine`: the Tasks that the caller owns. */
export class InboxAsked {
  @Code(dueGroups, { optional: true }) readonly group?: DueGroup;
  @Code(taskStates, { optional: true }) readonly state?: TaskState;
  @Code(needs, { optional: true }) readonly need?: Need;
  @Flag({ optional: true }) readonly mine?: boolean;
}

/** Filters of a board. `organizationId`: the sender, or the agency of the need's current Task. */
export class BoardAsked {
  @Code(needs, { optional: true }) readonly need?: Need;
  @Code(taskStates, { optional: true }) readonly state?: TaskState;
  @Code(dueGroups, { optional: true }) readonly dueGroup?: DueGroup;
  @Id({ optional: true }) readonly organizationId?: OrganizationId;
}
