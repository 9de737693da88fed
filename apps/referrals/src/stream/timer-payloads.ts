import {
  categories,
  Code,
  Id,
  milestones,
  type Category,
  type Milestone,
  type OrganizationId,
  type TaskId,
} from '#contracts';
import type { RerouteTimer } from '../domain/reroute/reroute.process.ts';
import type { NewInformationTimer } from '../domain/system/new-information.ts';

type OfReroute = RerouteTimer['payload'];
type OfNewInformation = NewInformationTimer['payload'];

/** `task.<timer>`; its subject is the Task. Without a milestone: the end of the timer. */
export class TaskTimerPayload {
  @Code(milestones, { optional: true }) readonly milestone?: Milestone;
}

/** `reroute`; its subject is the need. */
export class ReroutePayload implements OfReroute {
  @Id() readonly afterTaskId!: TaskId;
}

/** `new-information`. */
export class NewInformationPayload implements OfNewInformation {
  @Id() readonly taskId!: TaskId;
  @Code(categories, { list: true }) readonly categories!: readonly Category[];
}

/** `client-keys`, which a trigger of the table sets; its subject is the client. */
export class ClientKeysPayload {
  @Id() readonly ownerOrganizationId!: OrganizationId;
}
