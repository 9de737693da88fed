import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { kafkaTransport } from '#events';
import { ownKafka } from '#testing';
import { openDeployment, type TestDeployment } from '../deployment.ts';
import { lagOf } from '../stories/lag.ts';
import { Person, until } from '../stories/people.ts';
import { referralTravels } from '../stories/referral-travels.ts';
import { drafted } from '../stories/scene.ts';

const awayMs = 20_000;

const kafka = await ownKafka();
const suite = kafka === undefined ? describe.skip : describe;

// Skipped by name only if the machine has neither Docker nor Java to run a broker that may be stopped.
suite('Kafka is stopped for 20 s in the middle of the story', () => {
  let deployment: TestDeployment;
  let pat: Person;

  beforeAll(async () => {
    const prefix = `t${randomBytes(6).toString('hex')}.`;
    deployment = await openDeployment({
      transport: () => kafkaTransport({ brokers: [...(kafka?.brokers ?? [])], prefix }),
    });
    pat = new Person(deployment, 'pat.operator');
  }, 240_000);

  afterAll(async () => {
    await deployment?.close();
    await kafka?.close();
  }, 60_000);

  it('commands are still accepted, and the story ends the same', async () => {
    // Given the end of the story without a fault
    const quiet = await referralTravels(deployment);
    const made: string[] = [];
    let back = 0;

    // When the broker stops in the middle, and comes back
    const disturbed = await referralTravels(deployment, {
      patience: 60,
      meanwhile: async (chapter) => {
        await kafka?.stop();
        const until20s = Date.now() + awayMs;
        await chapter();
        while (Date.now() < until20s) {
          made.push((await drafted(deployment, 'housing', 'harbor-beds')).serviceRequestId);
          await pause(250);
        }
        const { relay } = await lagOf(pat, 'referrals');
        expect(relay.oldestUnsentAt).not.toBeNull();
        expect(relay.lagMs).toBeGreaterThan(awayMs / 2);
        await kafka?.start();
        back = Date.now();
      },
    });

    // Then every side sees the same end, with the same number of events, and nothing is parked
    expect([...disturbed.types].sort()).toEqual([...quiet.types].sort());
    expect(made.length).toBeGreaterThan(20);
    const onBoard = async (): Promise<ReadonlySet<string>> => {
      const rows: { readonly serviceRequestId: string }[] = [];
      for (let cursor = ''; ;) {
        const page = await new Person(deployment, 'cora.coordinator').get<{
          readonly items: readonly { readonly serviceRequestId: string }[];
          readonly next: string | null;
        }>(`/api/coordination/board?limit=100${cursor}`);
        rows.push(...page.items);
        if (page.next === null) return new Set(rows.map(({ serviceRequestId }) => serviceRequestId));
        cursor = `&cursor=${encodeURIComponent(page.next)}`;
      }
    };
    await until(onBoard, (found) => made.every((each) => found.has(each)));
    process.stdout.write(
      `${made.length} referrals made while the broker was away; all on the board ${Date.now() - back} ms after it was back\n`,
    );
    for (const service of ['referrals', 'consent', 'notifications', 'coordination']) {
      expect((await pat.get<{ items: readonly object[] }>(`/api/${service}/parked`)).items).toEqual([]);
    }
  }, 240_000);
});
