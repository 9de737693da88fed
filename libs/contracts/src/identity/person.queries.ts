import { Flag, Id } from '../fields.ts';
import type { OrganizationId } from '../ids.ts';

export class PeopleAsked {
  @Id({ optional: true }) readonly organizationId?: OrganizationId;
  /** `false`: the inactive people, for those who may activate them again. Without it: the active ones. */
  @Flag({ optional: true }) readonly active?: boolean;
}
