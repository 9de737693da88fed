import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { seedHealthcareServices, type HealthcareServiceView } from '#contracts';
import { actorOf, testService, type TestService } from '#testing';
import { DirectoryModule } from '../directory.module.ts';

let directory: TestService;
beforeAll(async () => {
  directory = await testService(DirectoryModule, 'directory');
});
afterAll(() => directory?.close());

const notFound =
  '{"type":"urn:problem:not-found","title":"Not found","status":404,"detail":"There is nothing here for you."}';

const clinic = seedHealthcareServices.find(({ code }) => code === 'lakeside-clinic')?.healthcareServiceId ?? 'unknown';

describe('openness', () => {
  const path = `healthcare-services/${clinic}`;
  const version = async (): Promise<string> => (await directory.ask('axel.lakeside', { path })).headers.etag as string;
  const patch = async (
    login: string,
    headers: Record<string, string>,
    body: object = { openness: 'waitlist' },
  ): ReturnType<TestService['ask']> => directory.ask(login, { method: 'PATCH', path, body, headers });

  it('is set by an administrator of its own organization, and has its instant and its speaker', async () => {
    directory.clock.advance({ hours: 1 });
    const ifMatch = await version();
    const answer = await patch('axel.lakeside', { 'if-match': ifMatch, 'idempotency-key': 'openness-set-1' });
    const body = answer.json<HealthcareServiceView>();
    expect([answer.statusCode, body.openness, body.opennessAt]).toEqual([200, 'waitlist', '2026-11-24T09:00:00.000Z']);
    expect(body.saidBy).toBe(actorOf('axel.lakeside').personId);
    expect(answer.headers.etag).toBe(`"${body.version}"`);
    expect(answer.headers.position).toEqual(expect.any(String));
  });

  it('set again under the same key gets the same answer', async () => {
    const stale = { 'if-match': '"2"', 'idempotency-key': 'openness-set-1' };
    const answer = await patch('axel.lakeside', stale);
    expect([answer.statusCode, answer.headers['idempotent-replayed']]).toEqual([200, 'true']);
  });

  it('set again under another key renews its age', async () => {
    directory.clock.advance({ days: 30 });
    const headers = { 'if-match': await version(), 'idempotency-key': 'openness-set-2' };
    const answer = await patch('axel.lakeside', headers);
    expect(answer.json<HealthcareServiceView>().opennessAt).toBe('2026-12-24T09:00:00.000Z');
  });

  it('is not set on a stale version', async () => {
    const answer = await patch('axel.lakeside', { 'if-match': '"2"', 'idempotency-key': 'openness-set-3' });
    expect([answer.statusCode, answer.json()]).toEqual([
      412,
      expect.objectContaining({ type: 'urn:problem:stale', state: 'waitlist' }),
    ]);
  });

  it('needs its version and its key', async () => {
    expect((await patch('axel.lakeside', { 'idempotency-key': 'openness-set-4' })).statusCode).toBe(428);
    expect((await patch('axel.lakeside', { 'if-match': await version() })).statusCode).toBe(400);
  });

  it('is set by an intake worker of its organization too, and every reader sees who said it', async () => {
    directory.clock.advance({ hours: 1 });
    const headers = { 'if-match': await version(), 'idempotency-key': 'openness-by-intake' };
    const answer = await patch('iris.lakeside', headers, { openness: 'open' });
    const said = { openness: 'open', opennessAt: directory.clock.now(), saidBy: actorOf('iris.lakeside').personId };
    expect([answer.statusCode, answer.json()]).toEqual([200, expect.objectContaining(said)]);
    for (const login of ['dana.planner', 'cora.coordinator'])
      expect((await directory.ask(login, { path })).json()).toMatchObject(said);
  });

  it('of another organization cannot be set, whoever asks', async () => {
    const headers = { 'if-match': await version(), 'idempotency-key': 'openness-set-5' };
    for (const login of ['abel.harbor', 'ines.harbor']) {
      const another = await patch(login, headers);
      expect([another.statusCode, another.body]).toEqual([404, notFound]);
    }
    for (const login of ['dana.planner', 'cora.coordinator', 'nora.network'])
      expect((await patch(login, headers)).statusCode).toBe(403);
  });

  it('is one of three codes', async () => {
    const headers = { 'if-match': await version(), 'idempotency-key': 'openness-set-6' };
    const answer = await patch('axel.lakeside', headers, { openness: 'full', note: 'x' });
    const { errors } = answer.json<{ errors: { field: string }[] }>();
    expect([answer.statusCode, errors.map((each) => each.field).sort()]).toEqual([400, ['note', 'openness']]);
  });
});
