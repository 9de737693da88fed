import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TaskView } from '#contracts';
import { testKafka } from '#testing';
import { openApart, type ApartDeployment } from '../apart.ts';
import { lagOf } from '../stories/lag.ts';
import { Person, until, type Deployment } from '../stories/people.ts';
import { task } from '../stories/scene.ts';
import { served } from '../stories/served.ts';
import { agreement } from './agreement.ts';
import { groups, rebuilt, rowsOf } from './rebuilding.ts';

const kafka = await testKafka();
const suite = kafka === undefined ? describe.skip : describe;

// Skipped by name only if the machine has neither a broker, nor Docker, nor Java.
suite('every service is killed while people work', () => {
  let deployment: ApartDeployment;

  beforeAll(async () => {
    deployment = await openApart([...(kafka?.brokers ?? [])]);
  }, 240_000);

  afterAll(() => deployment?.close(), 60_000);

  it('everything accepted reaches everybody, each effect once', async () => {
    const people: Deployment = { ...deployment, patient: true };
    let killing = true;
    // When each service in turn is killed and started again
    const kills = (async () => {
      for (const name of ['referrals', 'coordination', 'consent', 'notifications', 'directory', 'identity']) {
        await deployment.restart(name, 'SIGKILL');
      }
    })().finally(() => (killing = false));
    // while two people work, who repeat failed requests
    const work = [0, 1].map(async () => {
      const done: TaskView[] = [];
      do done.push(await served(people));
      while (
        // however quickly the services come back, they have work to catch up on
        killing ||
        done.length < 3
      );
      return done;
    });
    const [, ...done] = await Promise.all([kills, ...work]);
    const tasks = done.flat();
    expect(tasks.length).toBeGreaterThan(4);

    // Then every reader reaches the end of its topics
    const pat = new Person(people, 'pat.operator');
    await until(
      () => lagOf(pat, 'referrals'),
      ({ relay }) => relay.oldestUnsentAt === null,
      60,
    );
    for (const service of ['referrals', 'consent', 'notifications', 'coordination']) {
      await until(
        () => lagOf(pat, service),
        (lag) => lag.relay.oldestUnsentAt === null && lag.groups?.every((group) => group.lag === 0) === true,
        60,
      );
      expect((await pat.get<{ items: readonly object[] }>(`/api/${service}/parked`)).items).toEqual([]);
    }
    // And everything agrees: the Tasks, the log, the timeline, the ledger, the board, and the notifications
    for (const { taskId } of tasks) {
      expect((await task(new Person(people, 'dana.planner'), taskId)).state).toBe('completed');
    }
    expect(await agreement(deployment.adminUrl)).toEqual([]);
    // And a rebuild finds every row unchanged
    const rows = await rowsOf(deployment.adminUrl);
    for (const group of groups) expect(await rebuilt(pat, group)).toMatchObject({ state: 'done' });
    expect(await rowsOf(deployment.adminUrl)).toEqual(rows);
  }, 300_000);
});
