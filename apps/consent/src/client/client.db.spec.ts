import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HealthcareServiceChanged, OrganizationChanged, riverCounty, type ConsentView } from '#contracts';
import { FakeClock, seededIds } from '#testing';
import { harbor, hospital, lakeside } from '../examples/consent-examples.ts';
import { created, paper } from '../examples/papers.ts';
import type { RunningConsent } from '../examples/running-consent.ts';
import { startedConsent } from '../testing/started-consent.ts';

const clock = new FakeClock('2026-11-24T08:00:00.000Z');
const ids = seededIds(3);
let consent: RunningConsent;

beforeAll(async () => {
  consent = await startedConsent({ clock, ids });
});
afterAll(() => consent?.close());

async function answersOf(clientId: string): Promise<readonly unknown[]> {
  const events = (await consent.log(clientId)).filter((each) => each.type === 'consent.permission.changed');
  return events.map(({ data, role }) => [data['recipientOrganizationId'], data['direction'], data['categories'], role]);
}

describe('a client unknown to consent', () => {
  const shared = ['core-contact', 'stated-need'];

  it('the consent is accepted, and takes effect when a discloser is known to own the client', async () => {
    const [clientId, referralId] = [ids.next(), ids.next()];
    const answer = await consent.command('dana.planner', 'consents', paper(clientId, { intermediaryId: null }));
    expect([answer.status, (answer.body as ConsentView).validity]).toEqual([201, 'unconfirmed']);
    expect(await answersOf(clientId)).toEqual([]);
    await consent.publish(referralId, created(referralId, clientId));
    expect(await answersOf(clientId)).toEqual([
      [harbor, 'return', shared, 'system'],
      [harbor, 'send', shared, 'system'],
    ]);
  });

  it('a second referral of the same client changes nothing', async () => {
    const [clientId, first, second] = [ids.next(), ids.next(), ids.next()];
    await consent.publish(first, created(first, clientId));
    await consent.command('dana.planner', 'consents', paper(clientId));
    const before = await consent.log(clientId);
    await consent.publish(second, created(second, clientId));
    expect(await consent.log(clientId)).toEqual(before);
  });

  it('an agency that names the owner as a second discloser gets no permission', async () => {
    const [clientId, referralId] = [ids.next(), ids.next()];
    await consent.publish(referralId, created(referralId, clientId));
    const forged = paper(clientId, { disclosers: [harbor, hospital], recipients: [harbor], intermediaryId: null });
    const answer = await consent.command('abel.harbor', 'consents', forged);
    expect(answer.status).toBe(201);
    expect(await answersOf(clientId)).toEqual([]);
  });

  it('a consent recorded together with the referral waits for its event', async () => {
    const [clientId, referralId] = [ids.next(), ids.next()];
    const [answer] = await Promise.all([
      consent.command('dana.planner', 'consents', paper(clientId)),
      consent.publish(referralId, created(referralId, clientId)),
    ]);
    expect(answer.status).toBe(201);
    const roles = (await consent.log(clientId)).map((each) => each.role);
    expect(new Set(roles)).toEqual(new Set(['discharge-planner']));
  });
});

describe('organizations that treat', () => {
  const treatment = {
    kind: 'treatment-payment-operations',
    recipients: [],
    recipientClass: 'treating-programmes',
    categories: ['core-contact', 'mental-health'],
    purposes: ['treatment'],
    directions: ['send'],
    returnPath: 'none',
    intermediaryId: null,
    expiresOn: null,
  } as const;
  const programme = (need: 'mental-health' | 'housing', active: boolean): HealthcareServiceChanged =>
    HealthcareServiceChanged.of({
      healthcareServiceId: ids.next(),
      organizationId: lakeside,
      need,
      areaIds: [],
      openness: 'open',
      required: [],
      asked: [],
      active,
      version: 1,
    });

  it('a consent by class follows the programmes of the network as they come and go', async () => {
    const [clientId, referralId] = [ids.next(), ids.next()];
    await consent.publish(referralId, created(referralId, clientId));
    const answer = await consent.command('dana.planner', 'consents', paper(clientId, treatment));
    expect([answer.status, (answer.body as ConsentView).validity]).toEqual([201, 'active']);
    expect(await answersOf(clientId)).toEqual([]);

    const organization = { organizationId: lakeside, networkId: riverCounty.networkId, victimService: false } as const;
    await consent.publish(lakeside, OrganizationChanged.of({ ...organization, kind: 'agency', active: true }));
    await consent.publish(lakeside, programme('housing', true));
    expect(await answersOf(clientId)).toEqual([]);
    await consent.publish(lakeside, programme('mental-health', true));
    const opened = [lakeside, 'send', ['core-contact', 'mental-health'], 'timer'];
    expect(await answersOf(clientId)).toEqual([opened]);
    await consent.publish(lakeside, OrganizationChanged.of({ ...organization, kind: 'agency', active: false }));
    expect(await answersOf(clientId)).toEqual([opened, [lakeside, 'send', [], 'timer']]);
  });
});

describe('decisions', () => {
  const question = {
    recipientOrganizationId: harbor,
    categories: ['core-contact', 'hiv-sti'],
    purpose: 'care-coordination',
    direction: 'send',
  };

  it('explain category by category, with the same answer for clients of others and for unknown ones', async () => {
    const [clientId, referralId] = [ids.next(), ids.next()];
    await consent.publish(referralId, created(referralId, clientId));
    const answer = await consent.command('dana.planner', 'consents', paper(clientId));
    const { consentId } = answer.body as ConsentView;
    for (const login of ['dana.planner', 'st-brigid-ehr']) {
      const answer = await consent.post(login, 'decisions', { clientId, ...question });
      expect([answer.status, answer.body]).toEqual([
        200,
        {
          categories: [
            { category: 'core-contact', allowed: true, consentIds: [consentId], because: 'named-by-consent' },
            { category: 'hiv-sti', allowed: false, consentIds: [], because: 'not-named' },
          ],
          returnPath: 'outcome',
          asOf: clock.now(),
        },
      ]);
    }
    const theirs = await consent.post('abel.harbor', 'decisions', { clientId, ...question });
    const nobodys = await consent.post('abel.harbor', 'decisions', { clientId: ids.next(), ...question });
    expect([theirs.status, theirs.text]).toEqual([200, nobodys.text]);
    expect(theirs.text).toContain('no-consent');
    expect((await consent.post('ines.harbor', 'decisions', { clientId, ...question })).status).toBe(403);
  });
});

describe('the service', () => {
  it('describes each of its routes', async () => {
    const answer = await consent.get('dana.planner', 'openapi.json');
    const { paths } = answer.body as { paths: Readonly<Record<string, object>> };
    const routes = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((each) => `${each} ${path}`),
    );
    expect(routes).toEqual(
      expect.arrayContaining([
        'post /api/consent/consents',
        'get /api/consent/consents',
        'get /api/consent/consents/{id}',
        'post /api/consent/consents/{id}/revoke',
        'post /api/consent/decisions',
        'get /api/consent/requests',
        'get /api/consent/disclosures',
      ]),
    );
  });
});
