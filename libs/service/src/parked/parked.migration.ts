import type { MigrationInterface, QueryRunner } from 'typeorm';
import { discardTables, timersAtOnce, waitingByItself } from '#events';
import type { MigrationClass } from '#persistence';

/** Parked timers are few among many: this index finds them without reading all timers. */
class ParkedTimers1764600000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create index timer_parked on timer (parked_at) where parked_at is not null');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index timer_parked');
  }
}

class TimersAtOnce1764801000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of timersAtOnce) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('what was asked for at once has no instant to go back to');
  }
}

class DiscardedEvents1764803000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of discardTables) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table discarded');
  }
}

class WaitingByItself1764801000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of waitingByItself) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`update parked set because = 'failed' where because = 'slow'`);
    await runner.query('drop index parked_slow');
    await runner.query('alter table parked drop constraint parked_because_check');
    await runner.query(
      `alter table parked add constraint parked_because_check check (because in ('failed', 'invalid', 'waits'))`,
    );
  }
}

/** For every service: changes to the platform tables after the services' first migrations. */
export const parkedMigrations: readonly MigrationClass[] = [
  ParkedTimers1764600000002,
  TimersAtOnce1764801000002,
  DiscardedEvents1764803000001,
  WaitingByItself1764801000003,
];
