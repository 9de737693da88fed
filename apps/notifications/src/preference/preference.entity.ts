import type { Language, PersonId } from '#contracts';
import { tableOf } from '#persistence';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a person chose. Whoever chose nothing has no row. */
@Entity('preference')
export class PreferenceRow {
  @PrimaryColumn('uuid') readonly person_id!: PersonId;
  @Column('boolean') readonly email!: boolean;
  @Column('text') readonly language!: Language;
}

export const preferenceTable = tableOf(PreferenceRow);
