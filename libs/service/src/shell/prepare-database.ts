import type { Type } from '@nestjs/common';
import { migrate, provision, serviceUrls, type RolePasswords } from '#persistence';
import { firstReadMigrations } from '../first-read/first-read.migration.ts';
import { parkedMigrations } from '../parked/parked.migration.ts';
import { rebuildMigrations } from '../rebuild/rebuild.migration.ts';
import { resendMigrations } from '../resend/resend.migration.ts';
import { leastRights } from '../rights/least-rights.migration.ts';
import { rosterMigrations } from '../roster/roster.migration.ts';
import { serviceOptions, type ServiceModuleOptions } from '../service-module.ts';

export interface DatabaseAsked {
  /** May create roles and schemas in the database that it names. */
  readonly adminUrl: string;
  readonly passwords: RolePasswords;
}

/** Creates the roles, the schema and the tables of a service. It may be repeated; a prepared database is left as it is. */
export async function prepareDatabase(module: Type, { adminUrl, passwords }: DatabaseAsked): Promise<void> {
  const options = serviceOptions(module);
  const { name: service } = options;
  await provision({ adminUrl, service, passwords });
  const { ownerUrl } = serviceUrls(adminUrl, service, passwords);
  await migrate({ service, ownerUrl, migrations: allMigrations(options) });
}

/** The service's own migrations, and those that every service has, which were added after the first releases. */
export function allMigrations({
  name,
  migrations,
  rights,
}: Pick<ServiceModuleOptions, 'name' | 'migrations' | 'rights'>): ServiceModuleOptions['migrations'] {
  const ofAll = [
    ...[...rebuildMigrations, ...resendMigrations, ...parkedMigrations],
    ...[...rosterMigrations, ...firstReadMigrations],
  ];
  return [...migrations, ...ofAll, ...(rights === undefined ? [] : [leastRights({ service: name, ...rights })])];
}
