import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { EventEnvelope } from '#contracts';
import { statement, type Tx } from '#persistence';
import type { TestDatabase } from '#testing';
import { ReaderBench, orderByKey, readersDatabase } from './reader-bench.ts';
import type { Carries } from './reader-bench.ts';
import type { Noted } from './test-events.ts';
import { altered, key } from './test-events.ts';
import { batchReader, singleReader } from './test-readers.ts';

const poisoned = key(9);
const healthy = [key(1), key(2), key(3)];
const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);

/** Fails at the third event of the poisoned stream while it is ill. */
class Illness {
  ill = true;
  attempts = 0;

  readonly behave = ({ key: of, event }: EventEnvelope): void => {
    if (of !== poisoned || (event as Noted).n !== 3) return;
    this.attempts += 1;
    if (this.ill) throw new TypeError('cannot digest this');
  };
}

const impatient = statement('test impatient', `select set_config('statement_timeout', '20', true)`);
const long = statement('test long', 'select pg_sleep(5) is null as slept');

/** Takes too long at the third event of the poisoned stream while it is slow. */
class Slowness {
  slow = true;
  attempts = 0;

  readonly behave = async ({ key: of, event }: EventEnvelope, tx: Tx): Promise<void> => {
    if (of !== poisoned || (event as Noted).n !== 3) return;
    this.attempts += 1;
    if (!this.slow) return;
    await tx.query(impatient);
    await tx.query(long);
  };
}

/** What happens to an event that cannot be handled, on every transport. */
export function parkingContract(name: string, carries: Carries): void {
  describe(`Parking events (${name})`, () => {
    let database: TestDatabase;
    let bench: ReaderBench;
    let illness: Illness;
    beforeAll(async () => {
      database = await readersDatabase();
    });
    afterAll(() => database.close());
    beforeEach(async () => {
      bench = await ReaderBench.open(database, carries);
      illness = new Illness();
    });
    afterEach(() => bench?.close());

    /** Five events of each stream, mixed. */
    const publishFive = (): Promise<void> => bench.publish(bench.streams.many(20, [...healthy, poisoned]));
    const others = Object.fromEntries(healthy.map((each) => [each, upTo(5)]));

    it.each([
      ['one by one', singleReader],
      ['in batches', batchReader],
    ])('parks a poison event with its reason, and only its own key waits (%s)', async (_, reader) => {
      const process = await bench.start([reader('reader.group', illness)]);
      await publishFive();
      await process.strategy.idle();
      expect(orderByKey(await bench.effects('reader.group'))).toEqual({ ...others, [poisoned]: [1, 2] });
      expect(await bench.parked()).toEqual([
        expect.objectContaining({
          group: 'reader.group',
          key: poisoned,
          type: 'referral.noted',
          reason: 'TypeError: cannot digest this',
          attempts: 3,
          firstAt: bench.clock.now(),
          waitingBehind: 2,
        }),
      ]);
      expect(bench.notices.map((each) => each.because)).toEqual(['failed', 'waits', 'waits']);
      expect(process.strategy.readiness()).toEqual({ ready: true, detail: 'every group reads' });
    });

    it.each([
      ['one by one', singleReader],
      ['in batches', batchReader],
    ])('reads a parked key again in order when a person asks, later events included (%s)', async (_, reader) => {
      const process = await bench.start([reader('reader.group', illness)]);
      await publishFive();
      await process.strategy.idle();
      illness.ill = false;
      const [head] = await bench.parked();
      expect(await bench.redrive(head?.parkedId ?? '', process)).toBe(true);
      await bench.publish([bench.streams.next(poisoned), bench.streams.next(poisoned)]);
      await process.strategy.idle();
      expect(await bench.parked()).toEqual([]);
      expect(orderByKey(await bench.effects('reader.group'))).toEqual({ ...others, [poisoned]: upTo(7) });
    });

    it.each([
      ['one by one', singleReader],
      ['in batches', batchReader],
    ])(
      'does not park an event that only took too long: its key waits and continues by itself (%s) [S1]',
      async (_, reader) => {
        const slowness = new Slowness();
        const process = await bench.start([reader('reader.group', slowness)]);
        await publishFive();
        await process.strategy.idle();
        expect(orderByKey(await bench.effects('reader.group'))).toEqual({ ...others, [poisoned]: [1, 2] });
        // no person is needed, and callers that need to know see that the key is behind
        expect([await bench.parked(), bench.notices]).toEqual([[], []]);
        await bench.unitOfWork.run({ kind: 'system', key: '' }, async (tx) => {
          expect(await process.inbox.isParked(tx, 'reader.group', poisoned)).toBe(true);
        });
        // slow again, and then no longer
        bench.clock.advance({ seconds: 2 });
        await process.strategy.idle();
        expect([orderByKey(await bench.effects('reader.group'))[poisoned], await bench.parked()]).toEqual([[1, 2], []]);
        slowness.slow = false;
        bench.clock.advance({ seconds: 4 });
        await bench.publish([bench.streams.next(poisoned)]);
        await process.strategy.idle();
        expect(orderByKey(await bench.effects('reader.group'))).toEqual({ ...others, [poisoned]: upTo(6) });
      },
    );

    it('does not lengthen the wait of a slow event when the clock was ahead [F14]', async () => {
      const slowness = new Slowness();
      const process = await bench.start([singleReader('reader.group', slowness)]);
      bench.clock.advance({ hours: 2 });
      await publishFive();
      await process.strategy.idle();
      slowness.slow = false;
      bench.clock.advance({ hours: -2 });
      await process.strategy.idle();
      expect(orderByKey(await bench.effects('reader.group'))).toEqual({ ...others, [poisoned]: upTo(5) });
    });

    it('keeps the key parked when it fails again, with the new count and reason', async () => {
      const process = await bench.start([singleReader('reader.group', illness)]);
      await publishFive();
      await process.strategy.idle();
      const [head] = await bench.parked();
      bench.clock.advance({ hours: 1 });
      await bench.redrive(head?.parkedId ?? '', process);
      await process.strategy.idle();
      expect(await bench.parked()).toEqual([{ ...head, attempts: 6 }]);
      expect(illness.attempts).toBe(6);
    });

    it('reports when there is no such parked event', async () => {
      const process = await bench.start([singleReader('reader.group')]);
      expect(await bench.redrive(key(77), process)).toBe(false);
    });

    it('keeps two groups independent of each other', async () => {
      const process = await bench.start([singleReader('reader.ill', illness), singleReader('reader.well')]);
      await publishFive();
      await process.strategy.idle();
      expect(orderByKey(await bench.effects('reader.well'))).toEqual({ ...others, [poisoned]: upTo(5) });
      expect(orderByKey(await bench.effects('reader.ill'))).toEqual({ ...others, [poisoned]: [1, 2] });
      expect((await bench.parked()).map((each) => each.group)).toEqual(['reader.ill']);
    });

    it('stops counting a stream as read at its parked event', async () => {
      const process = await bench.start([singleReader('reader.group', illness)]);
      await publishFive();
      await process.strategy.idle();
      await bench.unitOfWork.run({ kind: 'system', key: '' }, async (tx) => {
        expect(await process.inbox.reached(tx, 'referrals', poisoned)).toBe(2);
        expect(await process.inbox.isParked(tx, 'reader.group', poisoned)).toBe(true);
        expect(await process.inbox.isParked(tx, 'reader.group', healthy[0] ?? '')).toBe(false);
      });
    });

    it.each([
      ['one by one', singleReader],
      ['in batches', batchReader],
    ])('parks an unreadable message immediately, with the reason (%s)', async (_, reader) => {
      const next = (n: number): ReturnType<ReaderBench['streams']['next']> => bench.streams.next(key(n));
      await bench.publish([
        altered(next(11), { headers: { ce_type: null } }),
        altered(next(12), { headers: { ce_dataschema: 'urn:schema:referral.noted:2' } }),
        altered(next(13), { value: '{' }),
        altered(next(14), { value: '{"referralId":"Ines","n":1}' }),
        altered(next(15), { headers: { ce_streamversion: 'one' } }),
        altered(next(16), { headers: { ce_partitionkey: key(17) } }),
        altered(next(18), { value: 'null' }),
        next(11),
        next(19),
      ]);
      const process = await bench.start([reader('reader.group')]);
      await process.strategy.idle();
      expect(orderByKey(await bench.effects('reader.group'))).toEqual({ [key(19)]: [1] });
      const found = (await bench.parked()).map((each) => [each.key, each.reason, each.attempts, each.waitingBehind]);
      expect(found.sort()).toEqual([
        [key(11), 'it is no CloudEvent: the header ce_type is missing', 0, 1],
        [key(12), 'its schema is urn:schema:referral.noted:2; this reader knows urn:schema:referral.noted:1', 0, 0],
        [key(13), 'its value is not JSON', 0, 0],
        [key(14), 'its fields are not those of referral.noted: referralId must be a lower-case UUID', 0, 0],
        [key(15), 'the header ce_streamversion is malformed', 0, 0],
        [key(16), "ce_partitionkey differs from the message's key", 0, 0],
        [key(18), 'its value is not an object', 0, 0],
      ]);
    });

    it('splits a batch until the poison event is alone, without reading others a second time', async () => {
      const many = Array.from({ length: 60 }, (_, i) => key(200 + i));
      await bench.publish(bench.streams.many(240, [...many, poisoned]));
      const process = await bench.start([batchReader('reader.group', illness)]);
      await process.strategy.idle();
      const found = orderByKey(await bench.effects('reader.group'));
      expect(Object.keys(found)).toHaveLength(61);
      expect(found[poisoned]).toEqual([1, 2]);
      expect((await bench.parked()).map((each) => [each.key, each.attempts])).toEqual([[poisoned, 3]]);
    });
  });
}
