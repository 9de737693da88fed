import {
  HealthcareServiceChanged,
  type AreaId,
  type Category,
  type HealthcareServiceId,
  type HealthcareServiceView,
  type InstantText,
  type Language,
  type Need,
  type NetworkId,
  type Openness,
  type OrganizationId,
} from '#contracts';
import type { TableShape } from '#events';

/** `version`: that of its organization's stream at the last change of this service. */
export interface HealthcareServiceRow {
  readonly healthcare_service_id: HealthcareServiceId;
  readonly network_id: NetworkId;
  readonly organization_id: OrganizationId;
  readonly code: string;
  readonly name: string;
  readonly need: Need;
  readonly area_ids: readonly AreaId[];
  readonly languages: readonly Language[];
  readonly openness: Openness;
  readonly openness_at: InstantText;
  readonly required: readonly Category[];
  readonly asked: readonly Category[];
  readonly active: boolean;
  readonly version: number;
}

export const healthcareServiceTable: TableShape = {
  name: 'healthcare_service',
  key: ['healthcare_service_id'],
  columns: [
    'healthcare_service_id',
    'network_id',
    'organization_id',
    'code',
    'name',
    'need',
    'area_ids',
    'languages',
    'openness',
    'openness_at',
    'required',
    'asked',
    'active',
    'version',
  ],
};

export function toHealthcareServiceView(row: HealthcareServiceRow): HealthcareServiceView {
  return {
    healthcareServiceId: row.healthcare_service_id,
    version: row.version,
    code: row.code,
    organizationId: row.organization_id,
    name: row.name,
    need: row.need,
    areaIds: row.area_ids,
    languages: row.languages,
    openness: row.openness,
    opennessAt: row.openness_at,
    template: { required: row.required, asked: row.asked },
    active: row.active,
  };
}

export function healthcareServiceChanged(row: HealthcareServiceRow): HealthcareServiceChanged {
  return HealthcareServiceChanged.of({
    healthcareServiceId: row.healthcare_service_id,
    organizationId: row.organization_id,
    need: row.need,
    areaIds: row.area_ids,
    openness: row.openness,
    required: row.required,
    asked: row.asked,
    active: row.active,
    version: row.version,
  });
}
