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
  type PersonId,
} from '#contracts';
import { instantColumn, tableOf } from '#persistence';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** `version`: that of its organization's stream at the last change of this service. */
@Entity('healthcare_service')
export class HealthcareServiceRow {
  @PrimaryColumn('uuid') readonly healthcare_service_id!: HealthcareServiceId;
  @Column('uuid') readonly network_id!: NetworkId;
  @Column('uuid') readonly organization_id!: OrganizationId;
  @Column('text') readonly code!: string;
  @Column('text') readonly name!: string;
  @Column('text') readonly need!: Need;
  @Column('uuid', { array: true }) readonly area_ids!: readonly AreaId[];
  @Column('text', { array: true }) readonly languages!: readonly Language[];
  @Column('text') readonly openness!: Openness;
  @Column('timestamptz', { transformer: instantColumn }) readonly openness_at!: InstantText;
  @Column('uuid', { nullable: true }) readonly said_by!: PersonId | null;
  @Column('text', { array: true }) readonly required!: readonly Category[];
  @Column('text', { array: true }) readonly asked!: readonly Category[];
  @Column('boolean') readonly active!: boolean;
  @Column('integer') readonly version!: number;
}

export const healthcareServiceTable = tableOf(HealthcareServiceRow);

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
    saidBy: row.said_by,
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
