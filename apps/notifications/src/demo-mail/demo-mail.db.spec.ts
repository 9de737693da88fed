import { afterEach, describe, expect, it } from '@jest/globals';
import type { DemoMailView } from '#contracts';
import { MailBench } from '../testing/mail-bench.ts';
import { ReferralLog } from '../testing/source-events.ts';

let bench: MailBench | undefined;
afterEach(() => bench?.close());

const path = 'demo-mails';
const notFound =
  '{"type":"urn:problem:not-found","title":"Not found","status":404,"detail":"There is nothing here for you."}';

describe('Without a mail server', () => {
  it('the demo catches its mails itself and shows them, newest first, also after a restart', async () => {
    const open = (bench = await MailBench.open({ demo: true, smtp: false }));
    const to = await open.wishes('ines.harbor', true);
    const logs = [new ReferralLog(), new ReferralLog(), new ReferralLog()];
    for (const log of logs) {
      open.notifications.clock.advance({ minutes: 1 });
      await open.dispatch.happened(...log.toSent());
    }
    await open.notifications.restart();
    const all: DemoMailView[] = [];
    for (let cursor = ''; ;) {
      const answer = await open.notifications.ask('dana.planner', { path: `${path}?limit=2${cursor}` });
      const { items, next } = answer.json<{ items: DemoMailView[]; next: string | null }>();
      all.push(...items);
      if (next === null) break;
      cursor = `&cursor=${next}`;
    }
    expect(all).toHaveLength(3);
    expect(all[0]).toEqual({
      to,
      subject: 'Something awaits you',
      text: expect.stringContaining('https://platform.example/'),
      at: open.notifications.clock.now(),
    });
    expect(all.map((each) => each.at)).toEqual(
      all
        .map((each) => each.at)
        .sort()
        .reverse(),
    );
    for (const log of logs) expect(await open.mailsOf('ines.harbor', log)).toMatchObject([{ state: 'sent' }]);
    expect((await open.notifications.ask(null, { path })).statusCode).toBe(401);
  });

  it('a platform without demo mode logs that its mails are not sent, and has no such route', async () => {
    const open = (bench = await MailBench.open({ smtp: false }));
    await open.wishes('ines.harbor', true);
    const log = new ReferralLog();
    await open.dispatch.happened(...log.toSent());
    expect(await open.mailsOf('ines.harbor', log)).toMatchObject([{ state: 'waiting', reason: 'unreachable' }]);
    for (const asked of [path, `${path}?limit=nonsense`]) {
      const answer = await open.notifications.ask('nora.network', { path: asked });
      expect([answer.statusCode, answer.body]).toEqual([404, notFound]);
    }
  });
});

describe('With a mail server', () => {
  it('the demo sends its mails there and catches none', async () => {
    const open = (bench = await MailBench.open({ demo: true }));
    const to = await open.wishes('ines.harbor', true);
    await open.dispatch.happened(...new ReferralLog().toSent());
    expect(open.mailbox.to(to)).toHaveLength(1);
    const answer = await open.notifications.ask('ines.harbor', { path });
    expect([answer.statusCode, answer.json()]).toEqual([200, { items: [], next: null }]);
  });
});
