import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  riverCounty,
  seedAreaId,
  seedHealthcareServices,
  seedOrganizationId,
  seedOrganizations,
  type RankedCandidateView,
} from '#contracts';
import { testService, type TestService } from '#testing';
import { DirectoryModule } from './directory.module.ts';

let directory: TestService;
beforeAll(async () => {
  directory = await testService(DirectoryModule, 'directory');
});
afterAll(() => directory?.close());

const notFound =
  '{"type":"urn:problem:not-found","title":"Not found","status":404,"detail":"There is nothing here for you."}';

const serviceId = (code: string): string =>
  seedHealthcareServices.find((each) => each.code === code)?.healthcareServiceId ?? 'unknown';

async function codesOf(path: string): Promise<readonly string[]> {
  const answer = await directory.ask('dana.planner', { path });
  return answer.json<{ items: { code: string }[] }>().items.map((each) => each.code);
}

describe('the directory of a network', () => {
  it('names the network with its policy', async () => {
    const answer = await directory.ask('ines.harbor', { path: 'network' });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers.etag).toBe('"1"');
    expect(answer.json()).toEqual({
      networkId: riverCounty.networkId,
      code: 'river-county',
      name: 'River County',
      policy: {
        reroute: 'auto',
        offer: 'first-accept',
        declineReview: false,
        timers: [],
        attempts: { count: 3, channels: 2, businessDays: 5 },
      },
    });
  });

  it('lists organizations by code, all of them or those of a kind', async () => {
    expect(await codesOf('organizations')).toEqual(seedOrganizations.map((each) => each.code).sort());
    expect(await codesOf('organizations?kind=hospital')).toEqual(['st-brigid']);
    expect(await codesOf('organizations?code=lakeside')).toEqual(['lakeside']);
  });

  it('goes through a list page by page', async () => {
    const first = await directory.ask('dana.planner', { path: 'organizations?limit=3' });
    const { items, next } = first.json<{ items: unknown[]; next: string }>();
    expect(items).toHaveLength(3);
    expect(await codesOf(`organizations?limit=100&cursor=${next}`)).toEqual(
      seedOrganizations
        .map((each) => each.code)
        .sort()
        .slice(3),
    );
  });

  it('shows one organization', async () => {
    const answer = await directory.ask('dana.planner', {
      path: `organizations/${seedOrganizationId('harbor-house')}`,
    });
    expect(answer.json()).toEqual({
      organizationId: seedOrganizationId('harbor-house'),
      code: 'harbor-house',
      name: 'Harbor House',
      kind: 'agency',
      victimService: false,
      timeZone: 'America/Chicago',
      active: true,
    });
  });

  it('lists services by need, area, organization and code', async () => {
    expect(await codesOf('healthcare-services?need=housing')).toEqual(['harbor-beds', 'open-door-homes']);
    expect(await codesOf(`healthcare-services?areaId=${seedAreaId('south')}&need=mental-health`)).toEqual([
      'lakeside-clinic',
    ]);
    expect(await codesOf(`healthcare-services?organizationId=${seedOrganizationId('workbridge')}`)).toEqual([
      'workbridge-jobs',
    ]);
    expect(await codesOf('healthcare-services?code=second-start-jobs')).toEqual(['second-start-jobs']);
  });

  it('shows a service with its template and the age of its openness', async () => {
    const answer = await directory.ask('dana.planner', {
      path: `healthcare-services/${serviceId('second-start-jobs')}`,
    });
    expect(answer.headers.etag).toBe('"2"');
    expect(answer.json()).toEqual({
      healthcareServiceId: serviceId('second-start-jobs'),
      version: 2,
      code: 'second-start-jobs',
      organizationId: seedOrganizationId('second-start'),
      name: 'Second Start jobs',
      need: 'employment',
      areaIds: [seedAreaId('south')],
      languages: ['en', 'es'],
      openness: 'open',
      opennessAt: '2026-11-24T08:00:00.000Z',
      saidBy: null,
      template: { required: ['core-contact', 'stated-need'], asked: ['criminal-history'] },
      active: true,
    });
  });

  it('lists areas', async () => {
    expect(await codesOf('areas')).toEqual(['north', 'south']);
  });

  it('gives the same 404 for an unknown id and for an invalid one', async () => {
    const answers = await Promise.all(
      [
        'organizations/0190a0c0-0000-7000-8000-000300000099',
        'organizations/nobody',
        'healthcare-services/0190a0c0-0000-7000-8000-000400000099',
      ].map((path) => directory.ask('dana.planner', { path })),
    );
    expect(answers.map((each) => [each.statusCode, each.body])).toEqual(answers.map(() => [404, notFound]));
  });

  it('refuses a filter that it does not know, naming what is allowed', async () => {
    const answer = await directory.ask('dana.planner', { path: 'organizations?kind=school' });
    expect(answer.statusCode).toBe(400);
    expect(answer.json<{ errors: unknown[] }>().errors).toEqual([
      {
        field: 'kind',
        message: 'kind must be one of: hospital, agency, coordinating-body',
        allowed: ['hospital', 'agency', 'coordinating-body'],
      },
    ]);
  });

  it('is for people who are signed in', async () => {
    expect((await directory.ask(null, { path: 'network' })).statusCode).toBe(401);
  });
});

describe('candidates for a need', () => {
  it('require an existing area [W16]', async () => {
    const body = { need: 'housing', areaId: '01900000-0000-7000-8000-00000000ffff' };
    const answer = await directory.ask('dana.planner', { method: 'POST', path: 'candidates', body });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ errors: [{ field: 'areaId', message: 'no area has this id' }] });
  });

  async function rank(body: object, login = 'dana.planner'): Promise<readonly RankedCandidateView[]> {
    const answer = await directory.ask(login, { method: 'POST', path: 'candidates', body });
    expect(answer.statusCode).toBe(200);
    return answer.json<{ items: RankedCandidateView[] }>().items;
  }

  it('for housing in the north rank Harbor House before Open Door, by code', async () => {
    const ranked = await rank({ need: 'housing', areaId: seedAreaId('north') }, 'referrals');
    const reasons = [
      { code: 'serves-area', speaksFor: true },
      { code: 'open', speaksFor: true },
    ];
    expect(ranked).toEqual([
      {
        healthcareServiceId: serviceId('harbor-beds'),
        organizationId: seedOrganizationId('harbor-house'),
        rank: 1,
        reasons,
      },
      {
        healthcareServiceId: serviceId('open-door-homes'),
        organizationId: seedOrganizationId('open-door'),
        rank: 2,
        reasons,
      },
    ]);
  });

  it('outside the area are included, at the end', async () => {
    const ranked = await rank({ need: 'mental-health', areaId: seedAreaId('south'), language: 'es' });
    expect(ranked.map((each) => [each.healthcareServiceId, each.reasons.map((reason) => reason.code)])).toEqual([
      [serviceId('lakeside-clinic'), ['serves-area', 'open', 'speaks-language']],
      [serviceId('northway-clinic'), ['outside-area', 'waitlist', 'speaks-language']],
    ]);
  });

  it('leave out only those that the caller excludes', async () => {
    const exclude = [seedOrganizationId('harbor-house')];
    const ranked = await rank({ need: 'housing', areaId: seedAreaId('north'), exclude });
    expect(ranked.map((each) => [each.rank, each.healthcareServiceId])).toEqual([[1, serviceId('open-door-homes')]]);
  });

  it('come page by page with their ranks', async () => {
    const body = { need: 'housing', areaId: seedAreaId('north') };
    const page = async (query: string): Promise<{ items: RankedCandidateView[]; next: string | null }> =>
      (await directory.ask('cora.coordinator', { method: 'POST', path: `candidates?${query}`, body })).json();
    const first = await page('limit=1');
    const second = await page(`limit=1&cursor=${first.next}`);
    expect([...first.items, ...second.items].map((each) => each.rank)).toEqual([1, 2]);
    expect(second.next).toBeNull();
  });

  it('are not for an intake worker', async () => {
    const body = { need: 'housing', areaId: seedAreaId('north') };
    const answer = await directory.ask('ines.harbor', { method: 'POST', path: 'candidates', body });
    expect(answer.statusCode).toBe(403);
  });
});

describe('the policy of a network', () => {
  const policy = { reroute: 'propose', offer: 'single', declineReview: true };
  const timers = [{ timer: 'respond-by', routineMinutes: 600, urgentMinutes: 60 }];
  const put = (login: string, body: object, headers: Record<string, string>): ReturnType<TestService['ask']> =>
    directory.ask(login, { method: 'PUT', path: 'network/policy', body, headers });

  const read = async (): Promise<unknown> =>
    (await directory.ask('ines.harbor', { path: 'network' })).json<{ policy: unknown }>().policy;

  it('is set as a whole by a network-admin', async () => {
    const headers = { 'if-match': '"1"', 'idempotency-key': 'policy-set-1' };
    const attempts = { count: 2, channels: 1, businessDays: 3 };
    const answer = await put('nora.network', { ...policy, timers, attempts }, headers);
    expect([answer.statusCode, answer.headers.etag]).toEqual([200, '"2"']);
    expect(await read()).toEqual({ ...policy, timers, attempts });
  });

  it('has the default in what a new one leaves out, and takes what was read as it is', async () => {
    expect(
      (await put('nora.network', policy, { 'if-match': '"2"', 'idempotency-key': 'policy-short' })).statusCode,
    ).toBe(200);
    const whole = { ...policy, timers: [], attempts: { count: 3, channels: 2, businessDays: 5 } };
    expect(await read()).toEqual(whole);
    const again = await put('nora.network', whole, { 'if-match': '"3"', 'idempotency-key': 'policy-again' });
    expect([again.statusCode, await read()]).toEqual([200, whole]);
  });

  it('is set by nobody else, and not on a stale version', async () => {
    const headers = { 'if-match': '"1"', 'idempotency-key': 'policy-set-2' };
    expect((await put('cora.coordinator', policy, headers)).statusCode).toBe(403);
    expect((await put('nora.network', policy, headers)).statusCode).toBe(412);
  });

  it.each([
    ['timers[0].routineMinutes', { timers: [{ timer: 'respond-by', routineMinutes: 0, urgentMinutes: 60 }] }],
    ['attempts.count', { attempts: { count: 0, channels: 1, businessDays: 0 } }],
    ['attempts.channels', { attempts: { count: 9, channels: 7, businessDays: 0 } }],
    ['attempts.businessDays', { attempts: { count: 1, channels: 1 } }],
    ['attempts.days', { attempts: { count: 1, channels: 1, businessDays: 1, days: 1 } }],
  ])('refuses a wrong %s', async (field, wrong) => {
    const headers = { 'if-match': '"4"', 'idempotency-key': 'policy-set-3' };
    const answer = await put('nora.network', { ...policy, ...wrong }, headers);
    const { errors } = answer.json<{ errors: { field: string }[] }>();
    expect([answer.statusCode, errors.map((each) => each.field)]).toEqual([400, [field]]);
  });
});
