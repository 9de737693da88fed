import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ReferralView } from '#contracts';
import { openDeployment, type TestDeployment } from '../../deployment.ts';
import { deadlocksIn } from './deadlocks.ts';
import { Person, until } from '../../stories/people.ts';
import { act, clientOf, consented, needBody, task, type Items } from '../../stories/scene.ts';

/** `npm run test:faults -- revocations` runs 50. A round takes about a second on an idle machine. */
const rounds = Number(process.env['REVOCATIONS'] ?? 12);
const tasksOfTheClient = 10;
const inFlightPerTask = 2;
const readsASecond = 50;
const inForceWithinMs = 1_000;
/** The normal duration of a read. On a busy machine reads take longer, and then the revocation may too. */
const usualReadMs = 50;

interface Read {
  readonly taskId: string;
  readonly status: number;
  readonly begun: number;
  readonly ended: number;
}

/** An intake worker who opens the packets of all Tasks constantly. */
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

  /** Waits until, for each Task, a read that began after this has this answer. */
  async allAnswer(status: number, since: number): Promise<void> {
    await until(
      () =>
        Promise.resolve(
          new Set(
            this.reads.filter((each) => each.status === status && each.begun >= since).map(({ taskId }) => taskId),
          ),
        ),
      (answered) => answered.size === this.taskIds.length,
    );
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.loops);
  }

  private async read(taskId: string): Promise<void> {
    while (!this.stopped) {
      const begun = performance.now();
      const next = sleep(1000 / (readsASecond / (this.taskIds.length * inFlightPerTask)));
      const { status } = await this.person.ask('POST', `/api/referrals/tasks/${taskId}/packet`, {
        purpose: 'care-coordination',
      });
      this.reads.push({ taskId, status, begun, ended: performance.now() });
      await next;
    }
  }
}

describe('a revocation while packets of the client are read constantly', () => {
  let deployment: TestDeployment;
  let dana: Person;
  let ines: Person;

  beforeAll(async () => {
    deployment = await openDeployment();
    dana = new Person(deployment, 'dana.planner');
    ines = new Person(deployment, 'ines.harbor');
  });

  afterAll(() => deployment.close());

  async function tasksOfOneClient(): Promise<{ readonly clientId: string; readonly taskIds: readonly string[] }> {
    const taskIds: string[] = [];
    let client: object = clientOf();
    let clientId = '';
    for (let n = 0; n < tasksOfTheClient; n += 1) {
      const made = await dana.post<ReferralView>('/api/referrals/referrals', {
        ...{ client, priority: 'routine', needs: [needBody('housing', 'harbor-beds', [])] },
      });
      clientId = made.clientId;
      client = { clientId };
      taskIds.push(made.needs[0]?.tasks[0]?.taskId as string);
    }
    return { clientId, taskIds };
  }

  it('takes effect within a second of its answer, each time, with no deadlock and nothing parked [S1]', async () => {
    const { clientId, taskIds } = await tasksOfOneClient();
    let consent = await consented(deployment, clientId, ['harbor-house']);
    for (const taskId of taskIds) await act(dana, taskId, 'send', {}, consent.after);
    const readers = new Readers(ines, taskIds);
    const lastOpened: number[] = [];
    const took: number[] = [];
    const begun = performance.now();
    while (lastOpened.length < rounds) {
      await readers.allAnswer(200, performance.now());
      readers.reads = [];
      await dana.post(
        `/api/consent/consents/${consent.consentId}/revoke`,
        { method: 'verbal-attestation', receivedAt: new Date(Date.now() - 1000).toISOString() },
        consent.version,
      );
      const answered = performance.now();
      await readers.allAnswer(404, answered);
      const opened = readers.reads.filter(({ status }) => status === 200).map((each) => each.ended - answered);
      lastOpened.push(Math.max(0, ...opened));
      took.push(...readers.reads.map(({ begun: from, ended }) => ended - from));
      // every Task is suspended before there is a new consent, so that all rounds start alike
      await until(
        () => Promise.all(taskIds.map((taskId) => task(ines, taskId))),
        (tasks) => tasks.every(({ subState }) => subState === 'consent-suspended'),
      );
      consent = await consented(deployment, clientId, ['harbor-house']);
    }
    await readers.stop();
    await deployment.settle();
    const readMs = medianOf(took);
    const within = inForceWithinMs * Math.max(1, readMs / usualReadMs);
    process.stdout.write(
      `revocations: ${lastOpened.length} in ${((performance.now() - begun) / 1000).toFixed(0)} s under ${took.length} reads of ${readMs} ms; the last packet left ` +
        `${medianOf(lastOpened)} ms (median), ${Math.round(Math.max(...lastOpened))} ms (most) after the answer\n`,
    );
    expect(lastOpened.filter((ms) => ms > within)).toEqual([]);
    const parked = await new Person(deployment, 'pat.operator').get<Items<object>>('/api/referrals/parked');
    expect(parked.items).toEqual([]);
    expect(await deadlocksIn(deployment.adminUrl)).toBe(0);
  }, 600_000);
});

function medianOf(values: readonly number[]): number {
  return Math.round(values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0);
}
