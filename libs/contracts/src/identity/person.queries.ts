import { Id } from '../fields.ts';
import type { OrganizationId } from '../ids.ts';

export class PeopleAsked {
  @Id({ optional: true }) readonly organizationId?: OrganizationId;
}
