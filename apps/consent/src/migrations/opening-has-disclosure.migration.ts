import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The openings of packets and labels, and no other entries, have a disclosure (domain.md §3.9): by it an opening is
 * written once, and compared with the log of referrals. Not checked for older entries: the ledger must start with an entry
 * that somebody tampered with, because its verification finds it.
 */
export class OpeningHasDisclosure1765100000001 implements MigrationInterface {
  readonly name = 'OpeningHasDisclosure1765100000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table disclosure_entry add constraint opening_has_disclosure
      check ((kind in ('opened', 'label-shown')) = (disclosure_id is not null)) not valid`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table disclosure_entry drop constraint opening_has_disclosure');
  }
}
