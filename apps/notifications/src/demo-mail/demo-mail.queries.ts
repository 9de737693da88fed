import { Inject, Injectable } from '@nestjs/common';
import type { DemoMailView, InstantText } from '#contracts';
import { IDS, type Ids } from '#events';
import { statement, UnitOfWork, type Scope } from '#persistence';
import { pageFrom, type Page, type PageAsked } from '#service';

export interface CaughtMail extends DemoMailView {
  readonly messageId: string;
}

interface DemoMailRow {
  readonly demo_mail_id: string;
  readonly recipient: string;
  readonly subject: string;
  readonly text: string;
  readonly at: InstantText;
}

const kept = 500;

// Two mails with one Message-ID are one mail, as in any mail program.
const keep = statement(
  'keep demo mail',
  `insert into demo_mail (demo_mail_id, message_id, recipient, subject, text, at) values ($1, $2, $3, $4, $5, $6)
   on conflict (message_id) do nothing`,
);
const forgetOldest = statement(
  'forget oldest demo mails',
  'delete from demo_mail where demo_mail_id in (select demo_mail_id from demo_mail order by at desc, demo_mail_id desc offset $1)',
);
const mails = statement(
  'demo mails',
  `select demo_mail_id, recipient, subject, text, at from demo_mail
   where $1::timestamptz is null or (at, demo_mail_id) < ($1, $2::uuid)
   order by at desc, demo_mail_id desc limit $3`,
).reads<DemoMailRow>();

const demo: Scope = { kind: 'system', key: '' };

/** The newest mails of the demo. */
@Injectable()
export class DemoMailQueries {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  async keep({ messageId, to, subject, text, at }: CaughtMail): Promise<void> {
    await this.unitOfWork.run(demo, async (tx) => {
      await tx.query(keep, [this.ids.next(), messageId, to, subject, text, at]);
      await tx.query(forgetOldest, [kept]);
    });
  }

  /** Newest first. */
  async list(page: PageAsked<readonly [at: string, id: string]>): Promise<Page<DemoMailView>> {
    const [at, id] = page.after ?? [null, null];
    const rows = await this.unitOfWork.run(demo, (tx) => tx.query(mails, [at, id, page.limit + 1]));
    return pageFrom(page, rows, (row) => [row.at, row.demo_mail_id], toDemoMailView);
  }
}

function toDemoMailView({ recipient, subject, text, at }: DemoMailRow): DemoMailView {
  return { to: recipient, subject, text, at };
}
