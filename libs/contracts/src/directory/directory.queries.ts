import { needs, type Need } from '../codes/need.ts';
import { organizationKinds, type OrganizationKind } from '../codes/organization-kind.ts';
import { Code, Id, Text } from '../fields.ts';
import type { AreaId, OrganizationId } from '../ids.ts';

export class OrganizationsAsked {
  @Text({ optional: true, maxLength: 100 }) readonly code?: string;
  @Code(organizationKinds, { optional: true }) readonly kind?: OrganizationKind;
}

export class HealthcareServicesAsked {
  @Code(needs, { optional: true }) readonly need?: Need;
  @Id({ optional: true }) readonly areaId?: AreaId;
  @Id({ optional: true }) readonly organizationId?: OrganizationId;
  @Text({ optional: true, maxLength: 100 }) readonly code?: string;
}
