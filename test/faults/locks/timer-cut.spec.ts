import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { withClient } from '#persistence';
import { openDeployment, type TestDeployment } from '../../deployment.ts';
import { Person, until } from '../../stories/people.ts';
import { open, sent, task } from '../../stories/scene.ts';

/** Much less than the minute that a claim once lasted. */
const soonSeconds = 15;

describe('a database connection that is cut in the middle of a timer', () => {
  let deployment: TestDeployment;
  let dana: Person;
  let ines: Person;

  beforeAll(async () => {
    deployment = await openDeployment();
    dana = new Person(deployment, 'dana.planner');
    ines = new Person(deployment, 'ines.harbor');
  });

  afterAll(() => deployment.close());

  it('lets that timer and its whole referral continue as soon as it is back [F11]', async () => {
    const { taskId, consentId, consentVersion } = await sent(deployment);
    await open(ines, taskId);
    await withClient(deployment.adminUrl, async (client) => {
      // Given a review that has started and cannot write yet
      await client.query('begin');
      await client.query('lock table referrals.event in exclusive mode');
      await dana.post(
        `/api/consent/consents/${consentId}/revoke`,
        { method: 'verbal-attestation', receivedAt: new Date(Date.now() - 1000).toISOString() },
        consentVersion,
      );
      const waiting = `select pid from pg_stat_activity
        where datname = current_database() and usename = 'referrals_app' and wait_event_type = 'Lock'`;
      await until(
        async () => (await client.query(waiting)).rowCount ?? 0,
        (count) => count > 0,
      );
      // When every connection of the service is cut
      await client.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'referrals_app'`,
      );
      await client.query('commit');
    });
    // Then it is done again immediately, and only once
    await until(
      () => task(ines, taskId).catch(() => undefined),
      (found) => found?.subState === 'consent-suspended',
      soonSeconds,
    );
    const count = await withClient(deployment.adminUrl, async (client) => {
      const { rows } = await client.query<{ count: string }>(
        `select count(*) from referrals.event where type = 'referral.task.suspended' and subject = $1`,
        [`task/${taskId}`],
      );
      return rows[0]?.count;
    });
    expect(count).toBe('1');
  });
});
