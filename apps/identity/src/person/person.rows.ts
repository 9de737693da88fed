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
import type { TableShape } from '#events';

/** `scopes`: added to this person's tokens in addition to the roles. `version`: that of the person's own stream. */
export interface PersonRow {
  readonly person_id: PersonId;
  readonly login: string;
  readonly display_name: string;
  readonly organization_id: OrganizationId;
  readonly network_id: NetworkId;
  readonly roles: readonly Role[];
  readonly scopes: readonly string[];
  readonly language: Language;
  readonly email: string | null;
  readonly active: boolean;
  readonly version: number;
}

export const personTable: TableShape = {
  name: 'person',
  key: ['person_id'],
  columns: [
    'person_id',
    'login',
    'display_name',
    'organization_id',
    'network_id',
    'roles',
    'scopes',
    'language',
    'email',
    'active',
    'version',
  ],
};

/** A program with its own secret; its `person_id` is the subject of its tokens. */
export interface SystemClientRow {
  readonly client_id: string;
  readonly person_id: PersonId;
  readonly organization_id: OrganizationId;
  readonly network_id: NetworkId;
  readonly scopes: readonly string[];
}

export const systemClientTable: TableShape = {
  name: 'system_client',
  key: ['client_id'],
  columns: ['client_id', 'person_id', 'organization_id', 'network_id', 'scopes'],
};

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
