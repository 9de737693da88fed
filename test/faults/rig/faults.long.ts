import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomFrom, testKafka } from '#testing';
import { workCrosswise } from '../locks/crosswise.ts';
import { faults } from './faults.ts';
import { watchLocks } from './lock-watch.ts';
import { deadlocksInLog, isWhole, openRig, type Rig } from './rig.ts';
import { lostOrDoubled, parkedIn, round } from './round.ts';
import { runStories } from './running-stories.ts';

/** apps/platform/bin/faults.mjs sets these. */
const seed = Number(process.env['FAULTS_SEED']);
const minutes = Number(process.env['FAULTS_MINUTES']);
const only = process.env['FAULTS_ONLY'];

const minute = 60_000;
/** A started round is finished, even after its time is up. */
const lastRound = 5 * minute;
const oneCrosswise = { clients: 3, referralsEach: 3, forMs: minute / 2 };
const people = 3;

const kafka = process.env['FAULTS_ON'] === 'kafka' ? await testKafka() : undefined;
const say = (words: string): void => void process.stdout.write(`${words}\n`);

(only === 'load' ? describe.skip : describe)('two instances, one fault after the other', () => {
  const random = randomFrom(seed);
  let rig: Rig;

  beforeAll(async () => {
    rig = await openRig(kafka?.brokers);
  }, 5 * minute);
  afterAll(() => rig?.close(), minute);

  it(
    'nothing is lost or duplicated, and everything recovers by itself',
    async () => {
      const end = performance.now() + minutes * minute;
      for (let rounds = 1; rounds <= faults.length || performance.now() < end; rounds += 1) {
        // each fault once, then in random order
        const fault = faults[(rounds <= faults.length ? rounds - 1 : random()) % faults.length];
        if (fault !== undefined) say(`round ${rounds}: ${await round(rig, fault, random)}`);
      }
      expect(deadlocksInLog(rig)).toEqual([]);
    },
    minutes * minute + lastRound * faults.length,
  );
});

(only === 'faults' ? describe.skip : describe)('two instances under a load of stories', () => {
  let rig: Rig;

  beforeAll(async () => {
    rig = await openRig(kafka?.brokers);
  }, 5 * minute);
  afterAll(() => rig?.close(), minute);

  it(
    'there is no deadlock, nothing is parked, nothing is lost',
    async () => {
      const end = performance.now() + minutes * minute;
      const goOn = (): boolean => performance.now() < end;
      const running = runStories(rig.people, { people, goOn });
      let working = true;
      const watching = watchLocks(rig.postgres.adminUrl, () => working);
      const crosswise = async (): Promise<number> => {
        let done = 0;
        while (goOn()) {
          const counts = await workCrosswise(rig.people, oneCrosswise);
          done += Object.values(counts).reduce((sum, count) => sum + count, 0);
          const minutesLeft = Math.max(0, Math.round((end - performance.now()) / minute));
          say(`${running.ended()} stories so far, ${done} other requests; ${minutesLeft} minutes left`);
        }
        return done;
      };
      const [stories, others] = await Promise.all([running.end, crosswise()]);
      await isWhole(rig, 120);
      working = false;
      const longest = await watching;
      const deadlocks = deadlocksInLog(rig);
      const parked = await parkedIn(rig);
      const lost = (await lostOrDoubled(rig, [])).filter((words) => !parked.includes(words));
      say(
        `stories run: ${stories} (and ${others} other requests of few clients); deadlocks in the log of PostgreSQL: ${deadlocks.length}; ` +
          `parked: ${parked.length}; lost or doubled: ${lost.length}; the longest wait for a lock: ${JSON.stringify(longest)}`,
      );
      expect({ deadlocks, parked, lost }).toEqual({ deadlocks: [], parked: [], lost: [] });
    },
    minutes * minute + lastRound,
  );
});
