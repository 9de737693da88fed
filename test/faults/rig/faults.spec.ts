import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NetworkView } from '#contracts';
import { withClient } from '#persistence';
import { randomFrom } from '#testing';
import { Person, until } from '../../stories/people.ts';
import { sent } from '../../stories/scene.ts';
import { connectionsTaken, databaseRestarts } from './faults.ts';
import { deadlocksInLog, isWhole, openRig, type Rig } from './rig.ts';
import { round } from './round.ts';

/** `npm run test:faults` uses another one each time. */
const seed = 8;
/** Half of the shortest time that a network may set for an acknowledgement: then the agency is reminded. */
const unanswered = 6;

describe('two instances of every service on one PostgreSQL, while people work', () => {
  const random = randomFrom(seed);
  let rig: Rig;
  let waiting: readonly string[];

  beforeAll(async () => {
    rig = await openRig();
    await acknowledgeWithinAMinute(rig);
    // nobody answers these: their timers become due in the middle of what follows
    const scenes = await Promise.all(Array.from({ length: unanswered }, () => sent(rig.people)));
    waiting = scenes.map(({ taskId }) => `task/${taskId}`);
  }, 240_000);

  afterAll(() => rig?.close(), 60_000);

  it.each([databaseRestarts, connectionsTaken])(
    '$name: nothing is lost or duplicated, and everything recovers by itself',
    async (fault) => {
      process.stdout.write(`${await round(rig, fault, random)}\n`);
    },
    240_000,
  );

  it('both have worked, each timer has fired once, and there was no deadlock', async () => {
    await until(
      () => escalations(rig, waiting),
      (found) => waiting.every((subject) => found.includes(`${subject} reminded`)),
      60,
    );
    const found = await escalations(rig, waiting);
    expect(found).toEqual([...new Set(found)]);
    for (const { requests } of rig.instances) expect(requests()).toBeGreaterThan(20);
    expect(deadlocksInLog(rig)).toEqual([]);
  }, 120_000);
});

async function acknowledgeWithinAMinute(rig: Rig): Promise<void> {
  const nora = new Person(rig.people, 'nora.network');
  const { body, etag } = await nora.ask('GET', '/api/directory/network');
  const timers = [{ timer: 'acknowledge-by', routineMinutes: 1, urgentMinutes: 1 }];
  const policy = { ...(body as NetworkView).policy, timers };
  const put = await nora.command(
    'PUT',
    '/api/directory/network/policy',
    policy,
    Number((etag ?? '').replaceAll('"', '')),
  );
  expect([put.status, put.text]).toEqual([200, expect.any(String)]);
  await isWhole(rig, 30);
}

/** `<subject> <milestone>` of each notification about an unacknowledged Task. */
function escalations(rig: Rig, subjects: readonly string[]): Promise<readonly string[]> {
  return withClient(rig.postgres.adminUrl, async (client) => {
    const { rows } = await client.query<{ sent: string }>(
      `select subject || ' ' || (data ->> 'milestone') as sent from referrals.event
       where type = 'referral.task.escalated' and data ->> 'timer' = 'acknowledge-by' and subject = any ($1::text[])`,
      [subjects],
    );
    return rows.map(({ sent }) => sent);
  });
}
