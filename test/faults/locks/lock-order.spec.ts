import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDeployment, type TestDeployment } from '../../deployment.ts';
import { workCrosswise } from './crosswise.ts';
import { deadlocksIn } from './deadlocks.ts';

const forMs = 20_000;
const clients = 4;
const referralsEach = 3;

describe('the order of locks', () => {
  let deployment: TestDeployment;

  beforeAll(async () => {
    deployment = await openDeployment();
  });

  afterAll(() => deployment.close());

  it('prevents deadlocks between concurrent revocations, sends, timers, packets, labels and rebuilds [S15]', async () => {
    const counts = await workCrosswise(deployment, { clients, referralsEach, forMs });
    await deployment.settle();
    process.stdout.write(`${JSON.stringify(counts)}\n`);
    expect(await deadlocksIn(deployment.adminUrl)).toBe(0);
    expect(counts['consent and revocation']).toBeGreaterThan(clients);
  }, 240_000);
});
