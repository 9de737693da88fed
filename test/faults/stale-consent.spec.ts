import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Relay } from '#events';
import { withClient } from '#persistence';
import { FakeClock } from '#testing';
import { openDeployment, type TestDeployment } from '../deployment.ts';
import { Person, until, type Reply } from '../stories/people.ts';
import { consented, drafted, expectGone, open, sent, task, type Items } from '../stories/scene.ts';

describe('a view of consent without a known age', () => {
  let deployment: TestDeployment;
  const clock = new FakeClock(new Date().toISOString());
  let dana: Person;
  let ines: Person;
  let cora: Person;

  beforeAll(async () => {
    deployment = await openDeployment({ clock });
    dana = new Person(deployment, 'dana.planner');
    ines = new Person(deployment, 'ines.harbor');
    cora = new Person(deployment, 'cora.coordinator');
  });

  afterAll(() => deployment.close());

  const packet = (person: Person, taskId: string): Promise<Reply> =>
    person.ask('POST', `/api/referrals/tasks/${taskId}/packet`, { purpose: 'care-coordination' });

  const label = async (person: Person, taskId: string): Promise<unknown> => {
    const asked = { taskIds: [taskId] };
    const { items } = await person.post<Items<{ label: unknown }>>('/api/referrals/tasks/query', asked);
    return items[0]?.label;
  };

  const expectStale = (reply: Reply): void => {
    expect([reply.status, (reply.body as { type: string }).type]).toEqual([503, 'urn:problem:consent-view-stale']);
    expect(reply.headers.get('retry-after')).toBe('5');
  };

  it('gets a watermark in every partition at least every 10 s', async () => {
    const watermarks = (): Promise<readonly string[]> =>
      withClient(deployment.adminUrl, async (client) => {
        const { rows } = await client.query<{ asOf: string }>(
          `select max(value::json ->> 'asOf') as "asOf" from embedded_transport.message
           where headers ->> 'ce_type' = 'consent.watermark' group by partition`,
        );
        return rows.map(({ asOf }) => asOf);
      });
    const to = (now: string) => (asOf: readonly string[]) => asOf.length === 6 && asOf.every((each) => each === now);
    await until(watermarks, to(clock.now()));
    // half a second earlier: after the tenth one the relay's next pass would come too late
    await until(watermarks, to(clock.advance({ ms: 9_500 })));
  });

  it('stops every disclosure after 60 s, even before a missing event, and allows them again when it is fresh', async () => {
    // Given two Tasks that an agency reads, and one that may be sent
    const read = await sent(deployment);
    const revoked = await sent(deployment);
    const draft = await drafted(deployment, 'housing', 'harbor-beds');
    await consented(deployment, draft.clientId, ['harbor-house']);
    await deployment.settle();
    for (const { taskId } of [read, revoked]) await open(ines, taskId);
    // When nothing arrives from consent any more, not even a revocation
    const relay = deployment.services.get('consent')?.app.get(Relay) as Relay;
    await relay.stop();
    await dana.post(
      `/api/consent/consents/${revoked.consentId}/revoke`,
      { method: 'verbal-attestation', receivedAt: new Date(Date.now() - 60_000).toISOString() },
      revoked.consentVersion,
    );
    // Then the view of consent is valid for 60 s and not a millisecond longer
    clock.advance({ seconds: 60 });
    await open(ines, read.taskId);
    clock.advance({ ms: 1 });
    for (const { taskId } of [read, revoked]) {
      expectStale(await packet(ines, taskId));
      expectStale(await packet(cora, taskId));
      expect([await label(ines, taskId), await label(cora, taskId)]).toEqual([null, null]);
    }
    const { version } = await task(dana, draft.taskId);
    const send = (): Promise<Reply> => dana.command('POST', `/api/referrals/tasks/${draft.taskId}/send`, {}, version);
    expectStale(await send());
    expect(await task(dana, draft.taskId)).toMatchObject({ state: 'draft', version });
    // When the watermarks arrive again
    await relay.start();
    const reopened = await until(
      () => packet(ines, read.taskId),
      ({ status }) => status !== 503,
    );
    // Then everything that consent allows is possible, and what it revoked meanwhile is not
    expect(reopened.status).toBe(200);
    expect((await send()).body).toMatchObject({ state: 'sent' });
    await deployment.settle();
    // a review that found a stale view is retried a moment later
    clock.advance({ seconds: 5 });
    await deployment.settle();
    await expectGone(ines, revoked.taskId);
    await expectGone(cora, revoked.taskId);
    expect(await label(ines, read.taskId)).not.toBeNull();
    expect(await task(ines, revoked.taskId)).toMatchObject({ state: 'on-hold', subState: 'consent-suspended' });
  });
});
