import { describe, expect, it } from '@jest/globals';
import { languages, needs, seedOrganizations, seedPeople, templates } from '#contracts';
import { readConfig, type ConfigFault } from '#service';
import { MailConfig } from './mail.config.ts';
import { composeMail } from './mail.ts';
import { failureOf, saysNothing } from './smtp-answer.ts';

const home = 'https://platform.example/';
const all = languages.flatMap((language) => templates.map((template) => [template, language] as const));

describe('A mail', () => {
  it.each(all)('about %s in %s says that something awaits, and where to sign in', (template, language) => {
    const { subject, text } = composeMail(template, language, home);
    expect(subject).toMatch(
      language === 'en' ? /awaits you|waiting for you|news for you/ : /espera|esperándole|novedades/,
    );
    expect(text.split('\n')).toContain(home);
  });

  it('reveals no need, organization, person or event', () => {
    const said = new Set(all.map(([template, language]) => JSON.stringify(composeMail(template, language, home))));
    expect(said.size).toBe(6);
    const text = [...said].join('\n').toLowerCase();
    const names = [...seedPeople.map((each) => each.displayName), ...seedOrganizations.map((each) => each.name)];
    for (const word of [...needs, ...names, 'client', 'referral', 'consent', 'declin', 'accept', 'hospital', 'agency'])
      expect(text).not.toContain(word.toLowerCase());
    expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}/);
  });
});

describe('A mail that did not go out', () => {
  it.each([
    [
      'for good where the server says never',
      { code: 'EENVELOPE', responseCode: 550, permanent: true },
      'rejected',
      true,
    ],
    [
      'for good where its content is not taken',
      { code: 'EMESSAGE', responseCode: 554, permanent: true },
      'rejected',
      true,
    ],
    ['for good where it is no address at all', { code: 'EENVELOPE' }, 'rejected', true],
    [
      'for now where the server says later',
      { code: 'EENVELOPE', responseCode: 450, permanent: false },
      'refused',
      false,
    ],
    [
      'for now where the server is closing',
      { code: 'ECONNECTION', responseCode: 421, permanent: false },
      'refused',
      false,
    ],
    ['for now where our sign-in is not taken', { code: 'EAUTH', responseCode: 535, permanent: true }, 'refused', false],
    ['for now where a sign-in is wanted', { code: 'EENVELOPE', responseCode: 530, permanent: true }, 'refused', false],
    ['for now where nobody greets', { code: 'EPROTOCOL', responseCode: 554, permanent: true }, 'refused', false],
    ['for now where nobody listens', { code: 'ESOCKET' }, 'unreachable', false],
    ['for now where the name is unknown', { code: 'EDNS' }, 'unreachable', false],
    ['for now where it took too long', { code: 'ETIMEDOUT' }, 'timed-out', false],
    ['for now where we lost patience', { code: 'EABORT' }, 'timed-out', false],
  ])('has failed %s', (_, fault, reason, final) => {
    expect(failureOf(fault)).toEqual({ reason, final });
  });

  it('met a silent server only if not even the greeting came', () => {
    expect(saysNothing({ code: 'ETIMEDOUT', timeoutType: 'GREETING_TIMEOUT' })).toBe(true);
    expect(saysNothing({ code: 'ETIMEDOUT', timeoutType: 'SOCKET_TIMEOUT' })).toBe(false);
    expect(saysNothing({ code: 'ESOCKET' })).toBe(false);
  });
});

describe('Where mails go out', () => {
  const faultsOf = (environment: Record<string, string>): readonly string[] => {
    try {
      readConfig(MailConfig, environment);
      return [];
    } catch (error) {
      return (error as ConfigFault).faults;
    }
  };

  it('need not be set', () => {
    expect(readConfig(MailConfig, {})).toEqual({});
  });

  it('is a mail server and the sender that it takes mails from', () => {
    const settings = { SMTP_URL: 'smtps://sender:hunter2@smtp.example:465', MAIL_FROM: 'referrals@platform.example' };
    expect(readConfig(MailConfig, settings)).toEqual(settings);
    expect(faultsOf({ SMTP_URL: settings.SMTP_URL })).toEqual([expect.stringMatching(/^MAIL_FROM .*e-mail address/)]);
  });

  it('is refused with every fault at once, by name and without a value', () => {
    const faults = faultsOf({ SMTP_URL: 'https://hunter2', MAIL_FROM: 'Sender <hunter2@x>', PUBLIC_URL: 'hunter2' });
    expect(faults.map((each) => each.split(' ')[0]).sort()).toEqual(['MAIL_FROM', 'PUBLIC_URL', 'SMTP_URL']);
    expect(faults.join()).not.toContain('hunter2');
  });
});
