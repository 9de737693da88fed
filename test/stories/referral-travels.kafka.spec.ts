import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testKafka } from '#testing';
import { openApart, type ApartDeployment } from '../apart.ts';
import { referralTravels } from './referral-travels.ts';
import { canaryNames } from './scene.ts';
import { everythingIn } from './outside/stranger.ts';

const kafka = await testKafka();
const suite = kafka === undefined ? describe.skip : describe;

// Skipped by name only if the machine has neither a broker, nor Docker, nor Java.
suite('on real Kafka, each service in a process of its own', () => {
  let deployment: ApartDeployment;
  const brokers = [...(kafka?.brokers ?? [])];

  beforeAll(async () => {
    deployment = await openApart(brokers);
  }, 240_000);

  afterAll(() => deployment.close(), 60_000);

  it('a referral travels from a hospital through three agencies and closes', async () => {
    await referralTravels(deployment);
  }, 180_000);

  it('the topics contain CloudEvents in binary mode, ordered by referral, and no name of the client', async () => {
    const { records, text } = await everythingIn(brokers, `${deployment.prefix}referrals.events`);
    expect(records.length).toBeGreaterThan(20);
    for (const { headers } of records) {
      expect(headers).toMatchObject({
        ce_specversion: '1.0',
        ce_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        ce_type: expect.stringMatching(/^referral\./),
        ce_source: '/referrals',
        'content-type': 'application/json',
      });
    }
    for (const [, ofReferral] of Map.groupBy(records, ({ headers }) => headers['ce_partitionkey'])) {
      const versions = [...new Set(ofReferral.map(({ headers }) => Number(headers['ce_streamversion'])))];
      expect(versions).toEqual(versions.map((_, index) => index + 1));
    }
    for (const name of Object.values(canaryNames)) expect(text.toLowerCase()).not.toContain(name.toLowerCase());
  });
});
