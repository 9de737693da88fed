import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables: readonly string[] = [
  `create table demo_mail (
     demo_mail_id uuid primary key,
     message_id text not null unique,
     recipient text not null,
     subject text not null,
     text text not null,
     at timestamptz(3) not null
   )`,
  `create index demo_mail_newest on demo_mail (at desc, demo_mail_id desc)`,
];

/** The mails that the built-in catcher took; filled only in demo mode. */
export class NotificationsDemoMail1764000000002 implements MigrationInterface {
  readonly name = 'NotificationsDemoMail1764000000002';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of tables) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table demo_mail');
  }
}
