import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An openness has its speaker beside its instant; null for one that came with the directory. */
export class OpennessSaidBy1765000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table healthcare_service add column said_by uuid');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table healthcare_service drop column said_by');
  }
}
