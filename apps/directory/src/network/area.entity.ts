import type { AreaId, AreaView, NetworkId } from '#contracts';
import { tableOf } from '#persistence';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A place of a network where needs arise and services work. */
@Entity('area')
export class AreaRow {
  @PrimaryColumn('uuid') readonly area_id!: AreaId;
  @Column('uuid') readonly network_id!: NetworkId;
  @Column('text') readonly code!: string;
  @Column('text') readonly name!: string;
}

export const areaTable = tableOf(AreaRow);

export function toAreaView(row: AreaRow): AreaView {
  return { areaId: row.area_id, code: row.code, name: row.name };
}
