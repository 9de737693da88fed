import { Flag, Id } from '../fields.ts';
import type { OrganizationId } from '../ids.ts';

export class PeopleAsked {
  @Id({ optional: true }) readonly organizationId?: OrganizationId;
  /** `false`: those who were made inactive, for whoever may make them active again. Without it: the active ones. */
  @Flag({ optional: true }) readonly active?: boolean;
}
