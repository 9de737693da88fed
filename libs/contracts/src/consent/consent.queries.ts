import { Flag, Id } from '../fields.ts';
import type { ClientId, TaskId } from '../ids.ts';

export class ConsentsAsked {
  @Id() readonly clientId!: ClientId;
}

/** `open`: true only waiting ones, false only closed ones; without it all. */
export class ConsentRequestsAsked {
  @Flag({ optional: true }) readonly open?: boolean;
}

/** At least one of them is required. */
export class DisclosuresAsked {
  @Id({ optional: true }) readonly clientId?: ClientId;
  @Id({ optional: true }) readonly taskId?: TaskId;
}
