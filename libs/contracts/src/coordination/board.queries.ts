import { dueGroups, type DueGroup } from '../codes/due-group.ts';
import { needs, type Need } from '../codes/need.ts';
import { taskStates, type TaskState } from '../codes/task-state.ts';
import { waitsForCodes, type WaitsFor } from '../codes/waits-for.ts';
import { Code, Flag, Id } from '../fields.ts';
import type { OrganizationId, PersonId } from '../ids.ts';

const openMeaning = 'True: only what is open. False: only what has ended.';
const anyState = { optional: true, list: true, min: 1, description: 'In any of these states; repeat it for several.' };

/** Filters of an inbox. `group`: by urgency. */
export class InboxAsked {
  @Code(dueGroups, { optional: true }) readonly group?: DueGroup;
  @Flag({ optional: true, description: openMeaning }) readonly open?: boolean;
  @Code(taskStates, anyState) readonly state?: readonly TaskState[];
  @Code(needs, { optional: true }) readonly need?: Need;
  @Code(waitsForCodes, { optional: true }) readonly waitsFor?: WaitsFor;
  @Id({ optional: true, description: 'The Tasks that this person owns.' }) readonly ownerId?: PersonId;
  @Flag({ optional: true, description: 'True: the Tasks that the caller owns.' }) readonly mine?: boolean;
}

/** Filters of a board. `organizationId`: the sender, or the agency of the need's current Task. */
export class BoardAsked {
  @Code(needs, { optional: true }) readonly need?: Need;
  @Flag({ optional: true, description: openMeaning }) readonly open?: boolean;
  @Code(taskStates, anyState) readonly state?: readonly TaskState[];
  @Code(dueGroups, { optional: true }) readonly dueGroup?: DueGroup;
  @Code(waitsForCodes, { optional: true }) readonly waitsFor?: WaitsFor;
  @Id({ optional: true }) readonly organizationId?: OrganizationId;
  @Flag({ optional: true, description: 'True: the needs of referrals that the caller created.' })
  readonly mine?: boolean;
}
