import pg from 'pg';
import type { DeliveryView, Language } from '#contracts';
import { statement, UnitOfWork } from '#persistence';
import { makeSecrets } from '#service';
import { actorOf, testPasswords, testService, type TestService } from '#testing';
import { NotificationsModule } from '../notifications.module.ts';
import { Contacts } from './contacts.ts';
import { Mailbox } from './mailbox.ts';
import { DispatchBench } from './dispatch-bench.ts';
import { everybody, type ReferralLog } from './source-events.ts';

const factsOfStream = statement(
  'facts about mails',
  `select type, data->>'reason' as reason, (data->>'final')::boolean as final, (data->>'attempts')::int as attempts
   from event where stream_key = $1 and data->>'channel' = 'email' order by stream_version`,
);
const forgetRead = statement('forget what was read', 'delete from inbox');

const everything = statement(
  'everything kept of mails',
  `select concat((select jsonb_agg(d) from delivery d), (select jsonb_agg(e) from event e), (select jsonb_agg(t) from timer t),
     (select jsonb_agg(p) from preference p), (select jsonb_agg(p) from known_person p),
     (select jsonb_agg(i) from idempotency i), (select jsonb_agg(m) from demo_mail m)) as text`,
);

/** Notifications with a mail server and with identity's addresses, each a server of its own on this machine. */
export class MailBench {
  private commands = 0;

  private constructor(
    readonly notifications: TestService,
    readonly mailbox: Mailbox,
    readonly contacts: Contacts,
    readonly dispatch: DispatchBench,
  ) {}

  static async open(changes: { readonly demo?: boolean; readonly smtp?: boolean } = {}): Promise<MailBench> {
    const contacts = await new Contacts().open();
    const mailbox = await Mailbox.open();
    const smtp = { SMTP_URL: mailbox.url, MAIL_FROM: 'platform@mail.example' };
    const notifications = await testService(NotificationsModule, 'notifications', {
      peersUrl: () => contacts.url,
      secrets: { ...makeSecrets([], ['notifications']), rolePasswords: { notifications: testPasswords } },
      demo: changes.demo ?? false,
      environment: { ...(changes.smtp === false ? {} : smtp), PUBLIC_URL: 'https://platform.example' },
    });
    const bench = new MailBench(notifications, mailbox, contacts, new DispatchBench(notifications));
    await bench.dispatch.happened(...everybody());
    return bench;
  }

  /** Sets the preference of a person through their own request. Their address names nobody. */
  async wishes(login: string, email: boolean, language: Language = 'en'): Promise<string> {
    const { personId } = actorOf(login);
    const address = `box-${personId.slice(-4)}@mail.example`;
    this.contacts.people.set(personId, { email: address, language: 'en' });
    this.commands += 1;
    const answer = await this.notifications.ask(login, {
      method: 'PUT',
      path: 'preferences',
      body: { email, language },
      headers: { 'idempotency-key': `preference-${this.commands}` },
    });
    if (answer.statusCode !== 200) throw new Error(`preferences answered ${answer.statusCode} ${answer.body}`);
    return address;
  }

  /** Advances the clock and waits until everything that is due is done. */
  async pass(by: Parameters<TestService['clock']['advance']>[0]): Promise<void> {
    this.notifications.clock.advance(by);
    await this.notifications.service.settle();
  }

  async mailsOf(login: string, about: ReferralLog): Promise<readonly DeliveryView[]> {
    const all = await this.dispatch.deliveriesFor('cora.coordinator', about);
    const { personId } = actorOf(login);
    return all.filter((each) => each.channel === 'email' && each.personId === personId);
  }

  /** The events about mails of this referral, from the log. */
  facts(about: ReferralLog): Promise<readonly object[]> {
    return this.unitOfWork.run({ kind: 'system', key: '' }, (tx) => tx.query(factsOfStream, [about.referralId]));
  }

  /** Empties the inbox table, so that every event that is delivered again is handled again. */
  async forgetWhatWasRead(): Promise<void> {
    await this.unitOfWork.run({ kind: 'system', key: '' }, (tx) => tx.query(forgetRead));
  }

  /** The database refuses every write after the mail server accepted a mail, as if the process had died in between. */
  async answeringNothingToTheDatabase(work: () => Promise<void>): Promise<void> {
    const admin = new pg.Client({ connectionString: this.notifications.deployment.adminUrl });
    await admin.connect();
    const may = (verb: string): Promise<unknown> => admin.query(verb);
    this.mailbox.beforeYes = async () => {
      await may('revoke update on notifications.delivery from notifications_app');
    };
    try {
      await work();
    } finally {
      this.mailbox.beforeYes = () => Promise.resolve();
      await may('grant update on notifications.delivery to notifications_app');
      await admin.end();
    }
  }

  /** Every row of the service, as text. */
  async everythingKept(): Promise<string> {
    const [row] = await this.unitOfWork.run({ kind: 'system', key: '' }, (tx) =>
      tx.query<{ text: string }>(everything),
    );
    return row?.text ?? '';
  }

  async close(): Promise<void> {
    await this.notifications.close();
    await this.mailbox.goAway();
    await this.contacts.close();
  }

  private get unitOfWork(): UnitOfWork {
    return this.notifications.service.app.get(UnitOfWork, { strict: false });
  }
}
