import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { MigrationClass } from '#persistence';

/** A group that had handled anything before this table existed counts as read: its service has worked with it. */
class FirstReadTable1764802000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table first_read (group_name text primary key, at timestamptz(3) not null)');
    await runner.query('insert into first_read (group_name, at) select distinct group_name, now() from reached');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table first_read');
  }
}

/** For every service: a platform table that was added after the services' first migrations. */
export const firstReadMigrations: readonly MigrationClass[] = [FirstReadTable1764802000001];
