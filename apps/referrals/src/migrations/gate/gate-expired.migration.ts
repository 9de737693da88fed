import type { MigrationInterface, QueryRunner } from 'typeorm';
import { gateHold, utc } from './gate-door.migration.ts';

/** What of a permission fell because consent ended by itself: the gate's word, with the rest of what it says. */
export class GateExpired1764900000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `alter table gate_permission add column expired_categories text[] not null default '{}',
         add column expired_at timestamptz(3)`,
    );
    await runner.query(gateHold(`, 'expiredCategories', p.expired_categories, 'expiredAt', ${utc('p.expired_at')}`));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(gateHold());
    await runner.query('alter table gate_permission drop column expired_categories, drop column expired_at');
  }
}
