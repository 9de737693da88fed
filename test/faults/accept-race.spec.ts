import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TaskView } from '#contracts';
import { openDeployment, type TestDeployment } from '../deployment.ts';
import { Person } from '../stories/people.ts';
import { personId, sent, task } from '../stories/scene.ts';

describe('many accept one Task concurrently', () => {
  let deployment: TestDeployment;

  beforeAll(async () => {
    deployment = await openDeployment();
  });

  afterAll(() => deployment.close());

  it('one of 50 wins, 49 get the legal moves, and one event is recorded', async () => {
    const { taskId, referralId } = await sent(deployment);
    const workers = [new Person(deployment, 'ines.harbor'), new Person(deployment, 'abel.harbor')];
    const { version } = await task(workers[0] as Person, taskId);

    const replies = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        (workers[index % 2] as Person).command(
          'POST',
          `/api/referrals/tasks/${taskId}/accept`,
          { ownerId: personId('ines.harbor') },
          version,
        ),
      ),
    );

    const byStatus = Map.groupBy(replies, (reply) => reply.status);
    expect([byStatus.get(200)?.length, byStatus.get(409)?.length]).toEqual([1, 49]);
    for (const refused of byStatus.get(409) ?? []) {
      expect(refused.headers.get('content-type')).toContain('application/problem+json');
      expect(refused.body).toMatchObject({ type: 'urn:problem:illegal-move', state: 'accepted' });
      expect((refused.body as { legalMoves: { action: string }[] }).legalMoves.map((move) => move.action)).toEqual(
        expect.arrayContaining(['decline', 'progress', 'complete']),
      );
    }
    const winner = byStatus.get(200)?.[0];
    expect((winner?.body as TaskView).ownerId).toBe(personId('ines.harbor'));
    const cora = new Person(deployment, 'cora.coordinator');
    const timeline = await cora.get<{ items: readonly { type: string }[] }>(
      `/api/coordination/referrals/${referralId}/timeline?after=${encodeURIComponent(winner?.position ?? '')}`,
    );
    expect(timeline.items.filter((item) => item.type === 'referral.task.accepted')).toHaveLength(1);
  });
});
