import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ReferralView } from '#contracts';
import { openHouse, type TestHouse } from '../house.ts';
import { deadlocksIn } from '../lock-faults.ts';
import { Person, until } from '../stories/people.ts';
import { act, clientOf, consented, needOf, task, type Items } from '../stories/scene.ts';

const rounds = Number(process.env['ROUNDS'] ?? 50);
const tasksOfTheClient = 10;
const inFlightPerTask = 2;
const inForceWithinMs = 1_000;

interface Read {
  readonly status: number;
  readonly begun: number;
  readonly ended: number;
}

/** An intake worker who opens the packets of all Tasks again and again, and never stops. */
class Readers {
  reads: Read[] = [];
  private stopped = false;
  private readonly loops: readonly Promise<void>[];

  constructor(
    private readonly person: Person,
    private readonly taskIds: readonly string[],
  ) {
    this.loops = taskIds.flatMap((taskId) => Array.from({ length: inFlightPerTask }, () => this.read(taskId)));
  }

  /** What each Task answered to the last read that began at or after this. */
  async settledOn(status: number, since: number): Promise<void> {
    const last = (): readonly number[] =>
      this.reads.filter((each) => each.begun >= since && each.status === status).map((each) => each.begun);
    // As many as are in flight for all Tasks together, so that each was asked.
    const enough = 2 * this.taskIds.length * inFlightPerTask;
    await until(
      () => Promise.resolve(last().length),
      (count) => count >= enough,
    );
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.loops);
  }

  private async read(taskId: string): Promise<void> {
    while (!this.stopped) {
      const begun = performance.now();
      const { status } = await this.person.ask('POST', `/api/referrals/tasks/${taskId}/packet`, {
        purpose: 'care-coordination',
      });
      this.reads.push({ status, begun, ended: performance.now() });
    }
  }
}

describe('a revocation while packets of the client are read all the time', () => {
  let house: TestHouse;
  let dana: Person;
  let ines: Person;

  beforeAll(async () => {
    house = await openHouse();
    dana = new Person(house, 'dana.planner');
    ines = new Person(house, 'ines.harbor');
  });

  afterAll(() => house.close());

  async function tasksOfOneClient(): Promise<{ readonly clientId: string; readonly taskIds: readonly string[] }> {
    const taskIds: string[] = [];
    let client: object = clientOf();
    let clientId = '';
    for (let n = 0; n < tasksOfTheClient; n += 1) {
      const made = await dana.post<ReferralView>('/api/referrals/referrals', {
        ...{ client, priority: 'routine', needs: [needOf('housing', 'harbor-beds', [])] },
      });
      clientId = made.clientId;
      client = { clientId };
      taskIds.push(made.needs[0]?.tasks[0]?.taskId as string);
    }
    return { clientId, taskIds };
  }

  it(
    `is in force within a second of its answer, ${rounds} times in a row, and nothing is parked [S1]`,
    async () => {
      const { clientId, taskIds } = await tasksOfOneClient();
      let consent = await consented(house, clientId, ['harbor-house']);
      for (const taskId of taskIds) await act(dana, taskId, 'send', {}, consent.after);
      const readers = new Readers(ines, taskIds);
      const lastOpened: number[] = [];
      let reads = 0;
      const begun = performance.now();
      for (let round = 0; round < rounds; round += 1) {
        await readers.settledOn(200, performance.now());
        process.stdout.write(`R${round} ready ${Math.round(performance.now()-begun)} reads ${readers.reads.length}\n`);
        readers.reads = [];
        await dana.post(
          `/api/consent/consents/${consent.consentId}/revoke`,
          { method: 'verbal-attestation', receivedAt: new Date(Date.now() - 1000).toISOString() },
          consent.version,
        );
        const answered = performance.now();
        process.stdout.write(` answered ${Math.round(performance.now()-begun)}\n`);
        await readers.settledOn(404, answered);
        process.stdout.write(` 404 ${Math.round(performance.now()-begun)}\n`);
        const opened = readers.reads.filter(({ status }) => status === 200).map((each) => each.ended - answered);
        lastOpened.push(Math.max(0, ...opened));
        reads += readers.reads.length;
        // Every Task is suspended before there is a new consent, so that each round finds them as the first one did.
        await until(
          () => Promise.all(taskIds.map((taskId) => task(ines, taskId))),
          (tasks) => tasks.every(({ subState }) => subState === 'consent-suspended'),
        );
        process.stdout.write(` suspended ${Math.round(performance.now()-begun)}\n`);
        consent = await consented(house, clientId, ['harbor-house']);
      }
      const seconds = (performance.now() - begun) / 1000;
      await readers.stop();
      await house.settle();
      const slowest = Math.round(Math.max(...lastOpened));
      const median = Math.round(lastOpened.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0);
      process.stdout.write(
        `revocations: the last packet left ${median} ms (median), ${slowest} ms (most) after the answer; ` +
          `${rounds} rounds in ${seconds.toFixed(0)} s, ${reads} reads while waiting for one\n`,
      );
      expect(lastOpened.filter((ms) => ms > inForceWithinMs)).toEqual([]);
      const parked = await new Person(house, 'nora.network').get<Items<object>>('/api/referrals/parked');
      expect(parked.items).toEqual([]);
      expect(await deadlocksIn(house.adminUrl)).toBe(0);
    },
    240_000,
  );
});
