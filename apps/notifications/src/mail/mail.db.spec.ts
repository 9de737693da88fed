import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { seedOrganizations, seedPeople, seedSystemClients } from '#contracts';
import { actorOf } from '#testing';
import { mostAttempts } from '../delivery/attempt.ts';
import { MailBench } from '../testing/mail-bench.ts';
import { ReferralLog } from '../testing/source-events.ts';

let bench: MailBench;
let ines = '';
beforeAll(async () => {
  bench = await MailBench.open();
});
afterAll(() => bench?.close());
beforeEach(async () => {
  bench.mailbox.refusals = [];
  bench.mailbox.received.length = 0;
  bench.contacts.away = false;
  await bench.wishes('abel.harbor', false);
  ines = await bench.wishes('ines.harbor', true);
});

const sent = { type: 'notification.delivered', reason: null, final: null, attempts: null };
const notNow = { responseCode: 450, message: 'come back later' };
const never = { responseCode: 550, message: 'no such mailbox' };

// as a word: nobody is named by "nada"
const asWord = (canary: string): RegExp => new RegExp(`\\b${canary.replaceAll('.', '\\.')}\\b`, 'i');

describe('A person who asked for mails', () => {
  it('gets one for each event, in addition to the notification in the application', async () => {
    const log = new ReferralLog();
    await bench.dispatch.happened(...log.toSent());
    expect(bench.mailbox.to(ines)).toHaveLength(1);
    expect(bench.mailbox.received).toHaveLength(1);
    expect(await bench.dispatch.templatesOf('ines.harbor', log)).toEqual(['task-sent']);
    expect(await bench.mailsOf('ines.harbor', log)).toEqual([
      expect.objectContaining({ channel: 'email', template: 'task-sent', state: 'sent', attempts: 1, reason: null }),
    ]);
    expect(await bench.facts(log)).toEqual([sent]);
  });

  it('gets one mail for an event that is replayed', async () => {
    const log = new ReferralLog();
    const said = log.toSent();
    await bench.dispatch.happened(...said);
    await bench.dispatch.happened(...said);
    await bench.forgetWhatWasRead();
    await bench.dispatch.happened(...said);
    await bench.notifications.restart();
    await bench.dispatch.happened(...said);
    expect(bench.mailbox.received).toHaveLength(1);
    expect(await bench.facts(log)).toEqual([sent]);
  });

  it('gets no mails for events before they asked', async () => {
    const log = new ReferralLog();
    const said = log.toSent();
    await bench.dispatch.happened(...said);
    await bench.wishes('abel.harbor', true);
    await bench.forgetWhatWasRead();
    await bench.dispatch.happened(...said);
    expect(bench.mailbox.received.map((each) => each.to)).toEqual([ines]);
  });

  it('reads it in the language of their preference', async () => {
    const abel = await bench.wishes('abel.harbor', true, 'es');
    await bench.dispatch.happened(...new ReferralLog().toSent());
    expect(bench.mailbox.to(ines)[0]).toMatchObject({ subject: 'Something awaits you', from: 'platform@mail.example' });
    expect(bench.mailbox.to(abel)[0]).toMatchObject({ subject: 'Algo le espera' });
    expect(bench.mailbox.to(abel)[0]?.text).toContain(
      'Inicie sesión para ver de qué se trata:\n\nhttps://platform.example/\n',
    );
  });

  it('gets no more mails after turning them off, even if one was waiting', async () => {
    const log = new ReferralLog();
    bench.mailbox.refusals = [notNow];
    await bench.dispatch.happened(...log.toSent());
    await bench.wishes('ines.harbor', false);
    bench.mailbox.refusals = [];
    await bench.pass({ minutes: 1 });
    expect(bench.mailbox.received).toEqual([]);
    expect(await bench.mailsOf('ines.harbor', log)).toMatchObject([{ state: 'failed', reason: 'no-address' }]);
    const next = new ReferralLog();
    await bench.dispatch.happened(...next.toSent());
    expect(await bench.mailsOf('ines.harbor', next)).toEqual([]);
    expect(await bench.dispatch.templatesOf('ines.harbor', next)).toEqual(['task-sent']);
  });
});

describe('A mail server that refuses temporarily', () => {
  it('is tried again later, and the mail is sent once', async () => {
    const log = new ReferralLog();
    bench.mailbox.refusals = [notNow];
    await bench.dispatch.happened(...log.toSent());
    const waiting = { state: 'waiting', attempts: 1, reason: 'refused' };
    expect(await bench.mailsOf('ines.harbor', log)).toMatchObject([waiting]);
    await bench.pass({ seconds: 59 });
    expect(await bench.mailsOf('ines.harbor', log)).toMatchObject([waiting]);
    bench.mailbox.refusals = [];
    await bench.pass({ seconds: 1 });
    await bench.pass({ days: 3 });
    expect(bench.mailbox.received).toHaveLength(1);
    expect(await bench.mailsOf('ines.harbor', log)).toMatchObject([{ state: 'sent', attempts: 2, reason: null }]);
    expect(await bench.facts(log)).toEqual([
      { type: 'notification.failed', reason: 'refused', final: false, attempts: 1 },
      sent,
    ]);
  });

  it('every time has failed for good after some days', async () => {
    const log = new ReferralLog();
    bench.mailbox.refusals = [notNow];
    await bench.dispatch.happened(...log.toSent());
    for (let tried = 1; tried < mostAttempts + 3; tried += 1) await bench.pass({ days: 1 });
    expect(await bench.mailsOf('ines.harbor', log)).toMatchObject([
      { state: 'failed', attempts: 8, reason: 'refused' },
    ]);
    const facts = await bench.facts(log);
    expect(facts).toHaveLength(mostAttempts);
    expect(facts.at(-1)).toEqual({ type: 'notification.failed', reason: 'refused', final: true, attempts: 8 });
  });
});

describe('A mail server that refuses permanently', () => {
  it('is not tried again', async () => {
    const log = new ReferralLog();
    bench.mailbox.refusals = [never];
    await bench.dispatch.happened(...log.toSent());
    bench.mailbox.refusals = [];
    await bench.pass({ days: 2 });
    expect(bench.mailbox.received).toEqual([]);
    expect(await bench.mailsOf('ines.harbor', log)).toMatchObject([
      { state: 'failed', attempts: 1, reason: 'rejected' },
    ]);
    expect(await bench.facts(log)).toEqual([
      { type: 'notification.failed', reason: 'rejected', final: true, attempts: 1 },
    ]);
  });
});

describe('A mail server that is down', () => {
  it('leaves mails waiting and everything else working, also across a restart', async () => {
    const log = new ReferralLog();
    await bench.mailbox.goAway();
    await bench.dispatch.happened(...log.toSent());
    expect(await bench.mailsOf('ines.harbor', log)).toMatchObject([{ state: 'waiting', reason: 'unreachable' }]);
    const [notification] = await bench.dispatch.notificationsOf('ines.harbor', log);
    const read = await bench.notifications.ask('ines.harbor', {
      method: 'POST',
      path: `notifications/${notification?.notificationId}/read`,
      headers: { 'idempotency-key': 'read-while-away' },
    });
    expect(read.statusCode).toBe(200);
    await bench.notifications.restart();
    expect(await bench.mailbox.comeBack()).toBe(true);
    await bench.pass({ minutes: 1 });
    expect(bench.mailbox.to(ines)).toHaveLength(1);
    expect(await bench.mailsOf('ines.harbor', log)).toMatchObject([{ state: 'sent', attempts: 2 }]);
  });

  it('and never answers is tried once, not by every mail', async () => {
    const abel = await bench.wishes('abel.harbor', true);
    await bench.mailbox.fallSilent();
    const before = bench.mailbox.connections;
    const log = new ReferralLog();
    await bench.dispatch.happened(...log.toSent());
    expect(bench.mailbox.connections - before).toBe(1);
    const waiting = { state: 'waiting', attempts: 1, reason: 'timed-out' };
    expect([await bench.mailsOf('ines.harbor', log), await bench.mailsOf('abel.harbor', log)]).toMatchObject([
      [waiting],
      [waiting],
    ]);
    await bench.mailbox.goAway();
    expect(await bench.mailbox.comeBack()).toBe(true);
    await bench.pass({ minutes: 1 });
    expect([bench.mailbox.to(ines).length, bench.mailbox.to(abel).length]).toEqual([1, 1]);
  });
});

describe('A process that dies between the answer of the mail server and its own commit', () => {
  it('sends the mail again with the same Message-ID, and records one delivery', async () => {
    const log = new ReferralLog();
    await bench.answeringNothingToTheDatabase(async () => {
      await bench.dispatch.happened(...log.toSent());
    });
    expect(await bench.mailsOf('ines.harbor', log)).toMatchObject([{ state: 'waiting', attempts: 0 }]);
    await bench.pass({ minutes: 2 });
    await bench.pass({ days: 2 });
    const mails = bench.mailbox.to(ines);
    expect(mails).toHaveLength(2);
    expect(new Set(mails.map((each) => each.messageId)).size).toBe(1);
    expect(mails[0]?.messageId).toMatch(/^<[0-9a-f]{40}@mail\.example>$/);
    expect(await bench.facts(log)).toEqual([sent]);
  });
});

describe('An address', () => {
  it('is read from identity for each attempt', async () => {
    const log = new ReferralLog();
    bench.mailbox.refusals = [notNow];
    await bench.dispatch.happened(...log.toSent());
    bench.mailbox.refusals = [];
    bench.contacts.people.set(actorOf('ines.harbor').personId, { email: 'elsewhere@mail.example', language: 'en' });
    await bench.pass({ minutes: 1 });
    expect(bench.mailbox.received.map((each) => each.to)).toEqual(['elsewhere@mail.example']);
  });

  it('that identity cannot answer now lets the mail wait', async () => {
    const log = new ReferralLog();
    bench.contacts.away = true;
    await bench.dispatch.happened(...log.toSent());
    expect(await bench.mailsOf('ines.harbor', log)).toMatchObject([{ state: 'waiting', reason: 'unreachable' }]);
    bench.contacts.away = false;
    await bench.pass({ minutes: 1 });
    expect(bench.mailbox.to(ines)).toHaveLength(1);
  });

  it.each([
    ['nobody has given', { email: null, language: 'en' as const }],
    ['of somebody who has left', undefined],
  ])('%s ends the delivery', async (_, contact) => {
    const log = new ReferralLog();
    const { personId } = actorOf('ines.harbor');
    if (contact === undefined) bench.contacts.people.delete(personId);
    else bench.contacts.people.set(personId, contact);
    await bench.dispatch.happened(...log.toSent());
    expect(await bench.mailsOf('ines.harbor', log)).toMatchObject([{ state: 'failed', reason: 'no-address' }]);
  });

  it('that is really two addresses counts as none', async () => {
    const log = new ReferralLog();
    const email = 'one@mail.example, two@mail.example';
    bench.contacts.people.set(actorOf('ines.harbor').personId, { email, language: 'en' });
    await bench.dispatch.happened(...log.toSent());
    expect(bench.mailbox.received).toEqual([]);
    expect(await bench.mailsOf('ines.harbor', log)).toMatchObject([{ state: 'failed', reason: 'rejected' }]);
  });

  it('is stored nowhere', async () => {
    await bench.dispatch.happened(...new ReferralLog().toSent());
    expect(bench.mailbox.to(ines)).toHaveLength(1);
    expect(await bench.everythingKept()).not.toContain(ines);
  });
});

describe('The mails of a whole referral', () => {
  it('contain no name, no organization, no need and no id', async () => {
    const log = new ReferralLog();
    const dana = await bench.wishes('dana.planner', true, 'es');
    for (const login of ['cora.coordinator', 'abel.harbor']) await bench.wishes(login, true, 'es');
    await bench.dispatch.happened(
      ...log.toSent(),
      log.received(),
      log.accepted(),
      log.declined(true),
      log.consentEnded(),
    );
    expect(bench.mailbox.received.length).toBe(9);
    // received, accepted, declined, and that consent ended the access: the sender is notified of that too (contract.md §4.6)
    expect(bench.mailbox.to(dana)).toHaveLength(4);
    const sources = bench.mailbox.received.map((each) => `${each.source}\n${each.subject}\n${each.text}`);
    const deliveries = await bench.dispatch.deliveriesFor('cora.coordinator', log);
    const ids = [log.referralId, log.taskId, log.clientId, log.accessId, ...deliveries.map((each) => each.deliveryId)];
    const people = seedPeople.flatMap(({ personId, login, displayName }) => [
      personId,
      login,
      displayName,
      displayName.split(' ')[0] ?? displayName,
    ]);
    const clients = seedSystemClients.map((each) => each.personId);
    const organizations = seedOrganizations.flatMap((each) => [each.organizationId, each.code, each.name]);
    for (const canary of [...ids, ...people, ...clients, ...organizations, 'housing', 'no-capacity', 'task'])
      for (const source of sources) expect(source).not.toMatch(asWord(canary));
    for (const login of ['dana.planner', 'cora.coordinator']) await bench.wishes(login, false);
  });
});
