import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { MigrationClass } from '#persistence';

/** The parked timers are few among many: found without reading all of them. */
class ParkedTimers1764600000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create index timer_parked on timer (parked_at) where parked_at is not null');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index timer_parked');
  }
}

/** Of every service: an index of the machinery that came after the services' first migrations. */
export const parkedMigrations: readonly MigrationClass[] = [ParkedTimers1764600000002];
