import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ConsentWatermark, partitionsPerTopic, type DomainEvent } from '#contracts';
import { embeddedTransport, headersOf, Relay, systemIds, type Transport } from '#events';
import { withClient } from '#persistence';
import { FakeClock } from '#testing';
import { openDeployment, type TestDeployment } from '../../deployment.ts';
import { Person, until, type Reply } from '../../stories/people.ts';
import { consented, drafted, open, sent, task } from '../../stories/scene.ts';

describe('a clock of consent that was ahead', () => {
  const clock = new FakeClock(new Date().toISOString());
  let deployment: TestDeployment;
  let transport: Transport;
  let relay: Relay;
  let dana: Person;
  let ines: Person;

  beforeAll(async () => {
    deployment = await openDeployment({
      clock,
      transport: (adminUrl) => (transport = embeddedTransport({ adminUrl })),
    });
    relay = deployment.services.get('consent')?.app.get(Relay) as Relay;
    dana = new Person(deployment, 'dana.planner');
    ines = new Person(deployment, 'ines.harbor');
  });

  afterEach(() => relay.start());
  afterAll(() => deployment.close());

  const packet = (taskId: string): Promise<Reply> =>
    ines.ask('POST', `/api/referrals/tasks/${taskId}/packet`, { purpose: 'care-coordination' });

  async function send(taskId: string): Promise<Reply> {
    const { version } = await task(dana, taskId);
    return dana.command('POST', `/api/referrals/tasks/${taskId}/send`, {}, version);
  }

  const inHours = (hours: number): string => new Date(Date.parse(clock.now()) + hours * 3_600_000).toISOString();

  /** Sends it to every partition, as consent's relay does. */
  async function say(asOf: string): Promise<void> {
    const event = ConsentWatermark.of({ asOf });
    const partitions = Array.from({ length: partitionsPerTopic }, (_, partition) => partition);
    await transport.publisher('consent').send(
      'consent.events',
      partitions.map((partition) => ({
        key: null,
        value: JSON.stringify(event),
        headers: headersFor(event),
        partition,
      })),
    );
    await deployment.services.get('referrals')?.settle();
  }

  const headersFor = (event: DomainEvent): ReturnType<typeof headersOf> =>
    headersOf({
      ...{ id: systemIds.next(), type: event.type, event, key: 'watermark', time: clock.now(), subject: 'watermark' },
      ...{ source: '/consent', correlationId: systemIds.next(), streamVersion: 1, schemaVersion: 1 },
      ...{ causationId: null, traceparent: null, actor: { id: null, role: 'system' as const, organizationId: null } },
    });

  /** The view as an earlier version stored it, without any check. */
  const kept = (asOf: string): Promise<void> =>
    withClient(deployment.adminUrl, async (client) => {
      await client.query('update referrals.gate_watermark set as_of = $1, "offset" = -1', [asOf]);
    });

  async function jump(hours: number): Promise<void> {
    clock.advance({ hours });
    await relay.start();
    const view = (): Promise<readonly string[]> =>
      withClient(deployment.adminUrl, async (client) => {
        const { rows } = await client.query<{ asOf: Date }>('select as_of as "asOf" from referrals.gate_watermark');
        return rows.map(({ asOf }) => asOf.toISOString());
      });
    await until(view, (marks) => marks.every((asOf) => asOf >= clock.now()));
    await relay.stop();
    await deployment.services.get('referrals')?.settle();
    clock.advance({ hours: -hours });
  }

  it.each([
    ['not at all', () => Promise.resolve()],
    ['50 minutes, by what it said', () => say(inHours(50 / 60))],
    ['6 seconds, by what it said', () => say(inHours(6 / 3600))],
    ['some thousand years, by what it said', () => say('9999-12-31T23:59:59.999Z')],
    ['50 minutes, by what an earlier version kept', () => kept(inHours(50 / 60))],
    ['some thousand years, by what an earlier version kept', () => kept('9999-12-31T23:59:59.999Z')],
    ['2 hours, with all the others', () => jump(2)],
  ])('does not make a stale view fresh 75 s later, and the correct watermark counts: %s [F1]', async (_, ahead) => {
    const read = await sent(deployment);
    await open(ines, read.taskId);
    const draft = await drafted(deployment, 'housing', 'harbor-beds');
    await consented(deployment, draft.clientId, ['harbor-house']);
    await deployment.settle();
    // When consent stops right after its clock was ahead
    await relay.stop();
    await ahead();
    await relay.stop();
    clock.advance({ seconds: 75 });
    // Then the view is stale, as if the clock had never been ahead
    const replies = [await packet(read.taskId), await send(draft.taskId)];
    const stale = 'urn:problem:consent-view-stale';
    expect(replies.map(({ status, body }) => [status, (body as { type: string }).type])).toEqual([
      [503, stale],
      [503, stale],
    ]);
    // When consent continues with a correct clock
    await relay.start();
    const opened = await until(
      () => packet(read.taskId),
      ({ status }) => status !== 503,
    );
    expect([opened.status, (await send(draft.taskId)).status]).toEqual([200, 200]);
  });
});
