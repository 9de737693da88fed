import {
  platformRoles,
  networkRoles,
  PersonChanged,
  type Language,
  type NetworkId,
  type OrganizationId,
  type PersonId,
  type PersonStandingView,
  type PersonView,
  type Role,
} from '#contracts';
import { tableOf } from '#persistence';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** `scopes`: added to this person's tokens in addition to the roles. `version`: that of the person's own stream. */
@Entity('person')
export class PersonRow {
  @PrimaryColumn('uuid') readonly person_id!: PersonId;
  @Column('text') readonly login!: string;
  @Column('text') readonly display_name!: string;
  @Column('uuid') readonly organization_id!: OrganizationId;
  @Column('uuid') readonly network_id!: NetworkId;
  @Column('text', { array: true }) readonly roles!: readonly Role[];
  @Column('text', { array: true }) readonly scopes!: readonly string[];
  @Column('text') readonly language!: Language;
  @Column('text', { nullable: true }) readonly email!: string | null;
  @Column('boolean') readonly active!: boolean;
  @Column('integer') readonly version!: number;
}

export const personTable = tableOf(PersonRow);

/** A program with its own secret; its `person_id` is the subject of its tokens. */
@Entity('system_client')
export class SystemClientRow {
  @PrimaryColumn('text') readonly client_id!: string;
  @Column('uuid') readonly person_id!: PersonId;
  @Column('uuid') readonly organization_id!: OrganizationId;
  @Column('uuid') readonly network_id!: NetworkId;
  @Column('text', { array: true }) readonly scopes!: readonly string[];
}

export const systemClientTable = tableOf(SystemClientRow);

export function toPersonView(row: PersonRow): PersonView {
  return {
    personId: row.person_id,
    displayName: row.display_name,
    organizationId: row.organization_id,
    networkId: row.network_id,
    roles: row.roles,
    language: row.language,
  };
}

/** A program has no name of its own and uses the default language. */
export function clientAsPersonView(row: SystemClientRow): PersonView {
  return {
    personId: row.person_id,
    displayName: row.client_id,
    organizationId: row.organization_id,
    networkId: row.network_id,
    roles: ['system-client'],
    language: 'en',
  };
}

export function toStandingView(row: PersonRow): PersonStandingView {
  return {
    personId: row.person_id,
    version: row.version,
    organizationId: row.organization_id,
    roles: row.roles,
    active: row.active,
  };
}

export function personChanged(row: PersonRow): PersonChanged {
  const own = platformRoles.filter((role) => row.roles.includes(role));
  return PersonChanged.of({
    personId: row.person_id,
    organizationId: row.organization_id,
    networkId: row.network_id,
    roles: networkRoles.filter((role) => row.roles.includes(role)),
    active: row.active,
    language: row.language,
    ...(own.length === 0 ? {} : { houseRoles: own }),
  });
}
