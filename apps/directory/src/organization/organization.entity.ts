import {
  OrganizationChanged,
  type NetworkId,
  type OrganizationId,
  type OrganizationKind,
  type OrganizationView,
} from '#contracts';
import { tableOf } from '#persistence';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** `version`: that of the organization's stream, which its healthcare services share. */
@Entity('organization')
export class OrganizationRow {
  @PrimaryColumn('uuid') readonly organization_id!: OrganizationId;
  @Column('uuid') readonly network_id!: NetworkId;
  @Column('text') readonly code!: string;
  @Column('text') readonly name!: string;
  @Column('text') readonly kind!: OrganizationKind;
  @Column('boolean') readonly victim_service!: boolean;
  @Column('text') readonly time_zone!: string;
  @Column('boolean') readonly active!: boolean;
  @Column('integer') readonly version!: number;
}

export const organizationTable = tableOf(OrganizationRow);

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
