import pg from 'pg';
import { databaseFault } from '../faults.ts';
import { withAdvisoryLock, withClient } from './admin-client.ts';
import { MIGRATION_TABLE, schemaLock } from './migrate.ts';
import { takeFromPublic } from './public-rights.ts';
import { roleOf, serviceUrls } from './service-urls.ts';
import type { RolePasswords, ServiceRole } from './service-urls.ts';

export interface ProvisionOptions {
  /** May create roles and schemas in the database that it names. */
  readonly adminUrl: string;
  readonly service: string;
  readonly passwords: RolePasswords;
}

const ROLES: readonly ServiceRole[] = ['owner', 'app'];
const ATTEMPTS = 8;

/**
 * Creates what a service needs before its first migration: the roles `<service>_owner` and `<service>_app` and the schema
 * `<service>`, with rights for the application on everything that the owner will create. Neither role is a superuser or
 * bypasses row-level security, and the application owns nothing, so every policy applies to it (contract.md §5). Other
 * roles get no rights on the schema. It may be repeated and run concurrently: the lock covers this database. Roles belong
 * to the whole server, so a collision there is retried.
 */
export async function provision(o: ProvisionOptions): Promise<void> {
  if (!/^[a-z][a-z_]*$/.test(o.service))
    throw new Error(`"${o.service}" is not a service name: use lower-case letters and _`);
  // Another instance of the service may be migrating: it changes rights of the same tables, and the two would collide.
  await withAdvisoryLock(o.adminUrl, schemaLock(o.service), () =>
    withAdvisoryLock(o.adminUrl, 'provision', async (client) => {
      for (const role of ROLES) await repeated(() => ensureRole(client, o, role));
      await repeated(() => ensureSchema(client, o.service));
    }),
  );
}

/** The provisioning of another database changed the same row of a catalogue that all databases of the server share. */
function metAnother(error: unknown): boolean {
  if (!(error instanceof pg.DatabaseError)) return false;
  return error.message.includes('tuple concurrently') || ['23505', '42710', '42P06'].includes(error.code ?? '');
}

async function repeated(work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === ATTEMPTS || !metAnother(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, attempt * 25));
    }
  }
}

async function ensureRole(client: pg.Client, o: ProvisionOptions, role: ServiceRole): Promise<void> {
  const name = roleOf(o.service, role);
  const password = pg.escapeLiteral(o.passwords[role]);
  const { rows } = await client.query<{ plain: boolean }>(
    `select rolcanlogin and not (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb) as plain
       from pg_roles where rolname = $1`,
    [name],
  );
  const known = rows[0];
  if (known === undefined) return void (await client.query(`create role ${name} login password ${password}`));
  if (known.plain && (await mayEnter(o, role))) return;
  await client.query(`alter role ${name} login password ${password}`);
  // Only a superuser may change these attributes, and they need a change only if somebody has raised the role.
  if (!known.plain) await client.query(`alter role ${name} nosuperuser nobypassrls nocreaterole nocreatedb`);
}

/** A password cannot be read back, so we check that it works. */
async function mayEnter(o: ProvisionOptions, role: ServiceRole): Promise<boolean> {
  const urls = serviceUrls(o.adminUrl, o.service, o.passwords);
  try {
    return await withClient(role === 'owner' ? urls.ownerUrl : urls.appUrl, () => Promise.resolve(true));
  } catch (error) {
    // A server without a free connection tells nothing about the password; we change it only if it is wrong.
    if (databaseFault(error) === 'unavailable') throw error;
    return false;
  }
}

async function ensureSchema(client: pg.Client, service: string): Promise<void> {
  const owner = roleOf(service, 'owner');
  const app = roleOf(service, 'app');
  const { rows } = await client.query<{ owner: boolean; super: boolean }>(
    `select pg_has_role(current_user, $1, 'usage') as owner, rolsuper as super from pg_roles where rolname = current_user`,
    [owner],
  );
  // An administrator who is not a superuser (hosted database) may act for a role only as its member.
  if (rows[0]?.owner !== true) await client.query(`grant ${owner} to current_user`);
  await client.query(`create schema if not exists ${service} authorization ${owner}`);
  // only once: a later migration may have revoked rights on a table (append-only tables), and they stay revoked
  const { rows: known } = await client.query<{ enters: boolean }>(
    `select has_schema_privilege($1, $2, 'usage') as enters`,
    [app, service],
  );
  if (known[0]?.enters !== true) {
    await client.query(`
      grant usage on schema ${service} to ${app};
      grant select, insert, update, delete on all tables in schema ${service} to ${app};
      grant usage, select on all sequences in schema ${service} to ${app};
    `);
  }
  await client.query(`
    alter default privileges for role ${owner} in schema ${service} grant select, insert, update, delete on tables to ${app};
    alter default privileges for role ${owner} in schema ${service} grant usage, select on sequences to ${app};
  `);
  await client.query(takeFromPublic(service, owner, app));
  const migrations = `${service}.${MIGRATION_TABLE}`;
  const { rows: found } = await client.query<{ name: string | null }>('select to_regclass($1)::text as name', [
    migrations,
  ]);
  if (found[0]?.name !== null) await client.query(`revoke insert, update, delete on ${migrations} from ${app}`);
}
