import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { QueriedTask } from '#contracts';
import { withClient } from '#persistence';
import { RunningReferrals, type Answered } from '../testing/running-referrals.ts';

interface Items<T> {
  readonly items: readonly T[];
}

describe('what is disclosed while the state of consent is not known', () => {
  let referrals: RunningReferrals;
  let taskId: string;
  let clientId: string;

  beforeAll(async () => {
    referrals = await RunningReferrals.start();
    const beds = await referrals.offers('harbor-house', 'housing', []);
    const made = await referrals.referral([['housing', beds]]);
    clientId = made.clientId;
    taskId = made.needs[0]?.tasks[0]?.taskId as string;
    await referrals.allows(clientId, 'harbor-house', ['core-contact', 'stated-need']);
    await referrals.send(taskId);
  });

  afterAll(() => referrals.close());

  const packet = (): Promise<Answered> =>
    referrals.ask('ines.harbor', `tasks/${taskId}/packet`, { purpose: 'care-coordination' });
  const label = async (): Promise<unknown> => {
    const { body } = await referrals.ask<Items<QueriedTask>>('ines.harbor', 'tasks/query', { taskIds: [taskId] });
    return body.items[0]?.label;
  };

  /** An event of the client that the gate has not read: parked for a person, or waiting until it can be read. */
  const waiting = (because: string, key: string): Promise<void> =>
    withClient(referrals.at.deployment.adminUrl, async (client) => {
      await client.query(
        `insert into referrals.parked (parked_id, group_name, key, event_id, because, reason, attempts, first_at, last_at,
           topic, partition, "offset", headers, value)
         values (gen_random_uuid(), 'referrals.consent-gate', $2, gen_random_uuid()::text, $1, 'spec', 1, now(), now(),
           'consent.events', 0, 0, '{}', '{}')`,
        [because, key],
      );
    });
  const free = (): Promise<void> =>
    withClient(
      referrals.at.deployment.adminUrl,
      async (client) => void (await client.query('delete from referrals.parked')),
    );

  /** Reads the watermark of the first partition, and sets it if one is given. */
  const oldestMark = (asOf?: string): Promise<string> =>
    withClient(referrals.at.deployment.adminUrl, async (client) => {
      const read = 'select as_of::text as "asOf" from referrals.gate_watermark where partition = 0';
      const { rows } = await client.query<{ asOf: string }>(read);
      if (asOf !== undefined)
        await client.query('update referrals.gate_watermark set as_of = $1 where partition = 0', [asOf]);
      return rows[0]?.asOf as string;
    });

  it.each(['failed', 'invalid', 'slow'])(
    'is nothing, in packets as in labels, while an event of the client waits because it is %s [S1]',
    async (because) => {
      expect([(await packet()).status, await label()]).toEqual([
        200,
        expect.objectContaining({ given: expect.any(String) }),
      ]);
      await waiting(because, clientId);
      const refused = await packet();
      expect([refused.status, refused.headers['retry-after'], await label()]).toEqual([503, '5', null]);
      await free();
      // It does not affect another client.
      await waiting(because, '0190a0c0-0000-7000-8000-00ffffffffff');
      expect([(await packet()).status, await label()]).toEqual([200, expect.anything()]);
      await free();
    },
  );

  it('is shown beside readiness: sends and packets are refused, everything else is answered [S1]', async () => {
    const ready = async (): Promise<unknown> => {
      const { status, body } = await referrals.ask<{ checks: Record<string, object> }>('dana.planner', 'health/ready');
      return [status, body.checks['consent']];
    };
    expect(await ready()).toEqual([200, { ready: true, needed: false, detail: 'is known' }]);
    const mark = await oldestMark();
    await oldestMark('2020-01-01T00:00:00Z');
    expect((await packet()).status).toBe(503);
    expect(await ready()).toEqual([
      200,
      { ready: false, needed: false, detail: expect.stringContaining('nothing is sent or disclosed') },
    ]);
    await oldestMark(mark);
  });

  it('is still shown to the sender, whose client it is [S1]', async () => {
    await waiting('slow', clientId);
    const { body } = await referrals.ask<Items<QueriedTask>>('dana.planner', 'tasks/query', { taskIds: [taskId] });
    expect(body.items[0]?.label).toMatchObject({ given: 'Mara' });
    await free();
  });

  it('waits behind a waiting revocation, and does not overtake it [S1]', async () => {
    const order: string[] = [];
    await withClient(referrals.at.deployment.adminUrl, async (inside) => {
      await inside.query('begin');
      await inside.query('set local search_path to referrals');
      await inside.query('select from gate_hold(array[$1::uuid])', [clientId]);
      await withClient(referrals.at.deployment.adminUrl, async (writer) => {
        const closing = (async () => {
          await writer.query('begin');
          await writer.query('select referrals.gate_close($1)', [clientId]);
          order.push('closed');
          await writer.query('commit');
        })();
        await waits(1);
        const reading = packet().then(() => order.push('read'));
        await waits(2);
        await inside.query('commit');
        await Promise.all([closing, reading]);
      });
    });
    expect(order).toEqual(['closed', 'read']);
  });

  /** Resolves once this many sessions wait for a lock. */
  async function waits(count: number): Promise<void> {
    const sql = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    while ((await referrals.rows(sql)).length < count) await new Promise((resolve) => setTimeout(resolve, 5));
  }
});
