import { Id } from '../fields.ts';
import type { OrganizationId } from '../ids.ts';
import { ListAsked } from '../list.queries.ts';

export class PeopleAsked extends ListAsked {
  @Id({ optional: true }) readonly organizationId?: OrganizationId;
}
