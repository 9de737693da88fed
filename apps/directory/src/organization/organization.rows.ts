import {
  OrganizationChanged,
  type NetworkId,
  type OrganizationId,
  type OrganizationKind,
  type OrganizationView,
} from '#contracts';
import type { TableShape } from '#events';

/** `version`: that of the organization's stream, which its healthcare services share. */
export interface OrganizationRow {
  readonly organization_id: OrganizationId;
  readonly network_id: NetworkId;
  readonly code: string;
  readonly name: string;
  readonly kind: OrganizationKind;
  readonly victim_service: boolean;
  readonly time_zone: string;
  readonly active: boolean;
  readonly version: number;
}

export const organizationTable: TableShape = {
  name: 'organization',
  key: ['organization_id'],
  columns: [
    'organization_id',
    'network_id',
    'code',
    'name',
    'kind',
    'victim_service',
    'time_zone',
    'active',
    'version',
  ],
};

export function toOrganizationView(row: OrganizationRow): OrganizationView {
  return {
    organizationId: row.organization_id,
    code: row.code,
    name: row.name,
    kind: row.kind,
    victimService: row.victim_service,
    timeZone: row.time_zone,
    active: row.active,
  };
}

export function organizationChanged(row: OrganizationRow): OrganizationChanged {
  return OrganizationChanged.of({
    organizationId: row.organization_id,
    networkId: row.network_id,
    kind: row.kind,
    active: row.active,
    victimService: row.victim_service,
  });
}
