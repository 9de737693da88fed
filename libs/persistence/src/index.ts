export { statement, statementsMade } from './statement.ts';
export type {
  ComposedStatement,
  DescribedStatement,
  NamedSql,
  Statement,
  StatementNamed,
  ValuesOf,
} from './statement.ts';
// all of it, so that the generated files may add to the interface
export type * from './described.ts';
export type { Scope } from './scope.ts';
export { UnitOfWork } from './unit-of-work.ts';
export type { QueryArguments, Tx } from './unit-of-work.ts';
export { Unavailable, databaseFault, violates } from './faults.ts';
export type { DatabaseFault } from './faults.ts';
export { columnsOfTable } from './table/columns.ts';
export type { Columns } from './table/columns.ts';
export { columnsOf, tableOf } from './table/entity.ts';
export type { EntityColumn, EntityTable } from './table/entity.ts';
export { instantColumn, instantText } from './type-parsers.ts';
export { connectDatabase, serverKeepAlive, sessionOptions } from './connect.ts';
export type { ConnectOptions } from './connect.ts';
export { keepAlive, WatchedClient } from './watched-client.ts';
export { withAdvisoryLock, withClient } from './schema/admin-client.ts';
export { roleOf, serviceUrls } from './schema/service-urls.ts';
export type { RolePasswords, ServiceRole } from './schema/service-urls.ts';
export { provision } from './schema/provision.ts';
export type { ProvisionOptions } from './schema/provision.ts';
export { migrate } from './schema/migrate.ts';
export type { MigrateOptions, MigrationClass } from './schema/migrate.ts';
export { freePort, isAlive, startEmbeddedPostgres } from './embedded.ts';
export type { EmbeddedOptions, EmbeddedPostgres } from './embedded.ts';
