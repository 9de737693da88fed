import type { MigrationInterface, QueryRunner } from 'typeorm';

const own = `(current_setting('app.scope', true) = 'tenant'
  and owner_organization_id = nullif(current_setting('app.tenant', true), '')::uuid)`;

/** A client is entered and changed by their own organization, in its own scope: whoever opens a packet only reads. */
export class ClientWriting1764806000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create policy client_entered on client for insert with check ${own}`);
    await runner.query(`create policy client_replaced on client for update using ${own} with check ${own}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of ['client_entered', 'client_replaced']) await runner.query(`drop policy ${name} on client`);
  }
}
