import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { embeddedTransport, headersOf, type Transport } from '#events';
import { openDeployment, type TestDeployment } from '../deployment.ts';
import { Person, until } from '../stories/people.ts';
import { act, inInbox, sent } from '../stories/scene.ts';

interface ParkedRow {
  readonly parkedId: string;
  readonly group: string;
  readonly eventId: string;
  readonly key: string;
  readonly reason: string;
  readonly waitingBehind: number;
}

interface Timeline {
  readonly items: readonly { readonly type: string }[];
}

describe('an event that nobody can read', () => {
  let deployment: TestDeployment;
  let transport: Transport;

  beforeAll(async () => {
    deployment = await openDeployment({ transport: (adminUrl) => (transport = embeddedTransport({ adminUrl })) });
  });

  afterAll(() => deployment.close());

  it('parks with its reason, and only its own referral waits', async () => {
    const ines = new Person(deployment, 'ines.harbor');
    const nora = new Person(deployment, 'nora.network');
    const cora = new Person(deployment, 'cora.coordinator');
    const [struck, spared] = [await sent(deployment), await sent(deployment)];
    await inInbox(ines, struck.taskId);
    await inInbox(ines, spared.taskId);

    // Given a broken event in the stream of one referral
    const eventId = randomUUID();
    const publisher = transport.publisher('referrals');
    await publisher.send('referrals.events', [
      {
        key: struck.referralId,
        value: '{"broken":',
        headers: headersOf({
          id: eventId,
          type: 'referral.task.received',
          schemaVersion: 1,
          source: '/referrals',
          subject: `task/${struck.taskId}`,
          time: new Date().toISOString(),
          key: struck.referralId,
          streamVersion: 1000,
          actor: { id: null, role: 'system', organizationId: null },
          causationId: null,
          correlationId: randomUUID(),
          traceparent: null,
        }),
      },
    ]);
    await publisher.close();
    const parked = await until(
      () => nora.get<{ items: readonly ParkedRow[] }>('/api/coordination/parked'),
      ({ items }) => items.filter((row) => row.eventId === eventId).length === 2,
    );
    const ofTimeline = parked.items.find((row) => row.eventId === eventId && row.group === 'coordination.timeline');
    expect(ofTimeline).toMatchObject({ key: struck.referralId, reason: expect.stringMatching(/\w/) });

    // When both referrals continue
    await act(ines, struck.taskId, 'acknowledge', {});
    await act(ines, spared.taskId, 'acknowledge', {});

    // Then the other one's timeline has its event, and the affected one's event waits behind the broken one
    const timelineOf = (referralId: string): Promise<Timeline> =>
      cora.get<Timeline>(`/api/coordination/referrals/${referralId}/timeline`);
    const received = ({ items }: Timeline): boolean => items.some((item) => item.type === 'referral.task.received');
    await until(() => timelineOf(spared.referralId), received);
    await until(
      () => nora.get<{ items: readonly ParkedRow[] }>('/api/coordination/parked'),
      ({ items }) => items.some((row) => row.parkedId === ofTimeline?.parkedId && row.waitingBehind >= 1),
    );
    expect(received(await timelineOf(struck.referralId))).toBe(false);
  });
});
