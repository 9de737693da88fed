import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TimelineView } from '#contracts';
import { openDeployment, type TestDeployment } from '../deployment.ts';
import { referralTravels } from '../stories/referral-travels.ts';
import { Person } from '../stories/people.ts';
import { act, complete, personId, sent } from '../stories/scene.ts';
import { groups, rebuilt, rowsOf } from './rebuilding.ts';

describe('a rebuild of every group while people work', () => {
  let deployment: TestDeployment;

  beforeAll(async () => {
    deployment = await openDeployment();
  });

  afterAll(() => deployment.close());

  it('hides no rows, blocks nobody, and ends with the same rows as a rebuild without load', async () => {
    const pat = new Person(deployment, 'pat.operator');
    // Given a closed referral, so that its timeline does not change
    const { referralId } = await referralTravels(deployment);
    await deployment.settle();
    const read = (): Promise<TimelineView> =>
      new Person(deployment, 'cora.coordinator').get<TimelineView>(
        `/api/coordination/referrals/${referralId}/timeline`,
      );
    const closed = await read();

    // When people work, a reader reads, and every group is rebuilt constantly
    let working = true;
    const reading = (async () => {
      let reads = 0;
      for (; working; reads += 1) expect(await read()).toEqual(closed);
      return reads;
    })();
    const rebuilding = (async () => {
      let rebuilds = 0;
      for (; working; rebuilds += groups.length) {
        const done = await Promise.all(groups.map((group) => rebuilt(pat, group)));
        expect(done.filter(({ state }) => state !== 'done')).toEqual([]);
      }
      return rebuilds;
    })();
    const work = Promise.all([1, 2, 3].map(() => oneAfterTheOther(4, () => served(deployment)))).finally(
      () => (working = false),
    );
    const [served_, reads, rebuilds] = await Promise.all([work, reading, rebuilding]);
    await deployment.settle();
    expect(served_.flat()).toHaveLength(12);
    expect(reads).toBeGreaterThan(10);
    expect(rebuilds).toBeGreaterThan(groups.length);

    // Then nothing is parked, and a rebuild without load finds every row unchanged
    for (const service of ['referrals', 'consent', 'notifications', 'coordination']) {
      expect((await pat.get<{ items: readonly object[] }>(`/api/${service}/parked`)).items).toEqual([]);
    }
    const after = await rowsOf(deployment.adminUrl);
    for (const group of groups) expect(await rebuilt(pat, group)).toMatchObject({ state: 'done' });
    await deployment.settle();
    expect(await rowsOf(deployment.adminUrl)).toEqual(after);
  });
});

/** A referral from its sending to its outcome. */
async function served(deployment: TestDeployment): Promise<string> {
  const { taskId } = await sent(deployment);
  const ines = new Person(deployment, 'ines.harbor');
  await act(ines, taskId, 'acknowledge', {});
  await act(ines, taskId, 'accept', { ownerId: personId('ines.harbor') });
  expect((await complete(ines, taskId, 'housed')).state).toBe('completed');
  return taskId;
}

async function oneAfterTheOther<T>(times: number, work: () => Promise<T>): Promise<readonly T[]> {
  const done: T[] = [];
  while (done.length < times) done.push(await work());
  return done;
}
