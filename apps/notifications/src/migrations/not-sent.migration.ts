import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Deliveries that wait or have failed are few among all: each has its own place in an index that leaves the sent ones out. */
export class NotSent1765000000001 implements MigrationInterface {
  readonly name = 'NotSent1765000000001';

  async up(runner: QueryRunner): Promise<void> {
    for (const [name, owner] of [
      ['delivery_not_sent_of_network', 'network_id'],
      ['delivery_not_sent_of_organization', 'recipient_organization_id'],
    ] as const) {
      await runner.query(
        `create index ${name} on delivery (${owner}, state, at desc, delivery_id desc) where state <> 'sent'`,
      );
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index delivery_not_sent_of_organization, delivery_not_sent_of_network');
  }
}
