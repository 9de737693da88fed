import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TaskView } from '#contracts';
import pg from 'pg';
import { openDeployment, type TestDeployment } from '../deployment.ts';
import { Person, until } from '../stories/people.ts';
import { consented, drafted, task } from '../stories/scene.ts';

/** A second connection that holds a lock until it is asked to release it. */
async function holding(adminUrl: string, sql: string, values: unknown[] = []): Promise<{ release(): Promise<void> }> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  await client.query('begin');
  await client.query(sql, values);
  return {
    release: async () => {
      await client.query('commit');
      await client.end();
    },
  };
}

/** Another session waits for a lock that this one holds. */
async function somebodyWaits(adminUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  const { rows } = await client.query<{ waiting: string }>(
    `select count(*) as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  await client.end();
  return rows[0]?.waiting !== '0';
}

describe('a send and the revocation of its consent at the same moment', () => {
  let deployment: TestDeployment;
  let dana: Person;
  let ines: Person;

  beforeAll(async () => {
    deployment = await openDeployment();
    dana = new Person(deployment, 'dana.planner');
    ines = new Person(deployment, 'ines.harbor');
  });

  afterAll(() => deployment.close());

  const revoke = async (consentId: string): Promise<void> => {
    const consent = await dana.get<{ version: number }>(`/api/consent/consents/${consentId}`);
    await dana.post(
      `/api/consent/consents/${consentId}/revoke`,
      { method: 'verbal-attestation', receivedAt: new Date(Date.now() - 1000).toISOString() },
      consent.version,
    );
  };

  const packetIsGone = async (taskId: string): Promise<void> => {
    const reply = await ines.ask('POST', `/api/referrals/tasks/${taskId}/packet`, { purpose: 'care-coordination' });
    expect(reply.status).toBe(404);
  };

  const openAccess = async (taskId: string): Promise<number> => {
    const client = new pg.Client({ connectionString: deployment.adminUrl });
    await client.connect();
    const { rows } = await client.query<{ open: string }>(
      'select count(*) as open from referrals.access where task_id = $1 and open',
      [taskId],
    );
    await client.end();
    return Number(rows[0]?.open);
  };

  it('if the send has the lock first, its access ends as soon as the revocation gets it', async () => {
    const { taskId, clientId } = await drafted(deployment, 'housing', 'harbor-beds');
    const { consentId, after } = await consented(deployment, clientId, ['harbor-house']);
    const { version } = await task(dana, taskId);
    await dana.get<TaskView>(`/api/referrals/tasks/${taskId}${after}`);
    // Given a send that holds the lock and cannot finish yet
    const log = await holding(deployment.adminUrl, 'lock table referrals.event in exclusive mode');
    const sending = dana.command('POST', `/api/referrals/tasks/${taskId}/send${after}`, {}, version);
    await until(
      () => somebodyWaits(deployment.adminUrl),
      (waits) => waits,
    );
    // When consent is revoked meanwhile
    await revoke(consentId);
    await log.release();
    const reply = await sending;
    // Then the send succeeded, and its access ended with the revocation
    expect([reply.status, (reply.body as TaskView).state]).toEqual([200, 'sent']);
    await until(
      () => task(dana, taskId),
      ({ state }) => state === 'withdrawn',
    );
    expect(await openAccess(taskId)).toBe(0);
    await packetIsGone(taskId);
  });

  it('if the revocation has the lock first, the send waits for it and then asks for consent', async () => {
    const { taskId, clientId } = await drafted(deployment, 'housing', 'harbor-beds');
    const { consentId, after } = await consented(deployment, clientId, ['harbor-house']);
    await dana.get<TaskView>(`/api/referrals/tasks/${taskId}${after}`);
    const { version } = await task(dana, taskId);
    // Given the lock held by another connection while the revocation is on its way
    const gate = await holding(
      deployment.adminUrl,
      `update referrals.gate_permission set categories = '{}', version = version + 1 where client_id = $1`,
      [clientId],
    );
    const closed = await holding(deployment.adminUrl, 'select referrals.gate_close($1)', [clientId]);
    const sending = dana.command('POST', `/api/referrals/tasks/${taskId}/send`, {}, version);
    await until(
      () => somebodyWaits(deployment.adminUrl),
      (waits) => waits,
    );
    await gate.release();
    await closed.release();
    const reply = await sending;
    expect([reply.status, (reply.body as TaskView).state]).toEqual([200, 'awaiting-consent']);
    await revoke(consentId);
    await deployment.settle();
    expect(await openAccess(taskId)).toBe(0);
    await packetIsGone(taskId);
  });
});
