import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { partitionsPerTopic } from '#contracts';
import { withClient } from '#persistence';
import { testService, type TestService } from '#testing';
import { NotesWithPeopleModule, personChanged } from '../testing/people.ts';
import type { ReaderLag, ServiceLag } from './lag.views.ts';

let notes: TestService;
beforeAll(async () => {
  notes = await testService(NotesWithPeopleModule, 'notes');
  await notes.service.settle();
});
afterAll(() => notes.close());

const lag = async (): Promise<ServiceLag> => (await notes.ask('pat.operator', { path: 'lag' })).json<ServiceLag>();
const people = (found: ServiceLag): ReaderLag | undefined => found.groups?.[0];
const write = async (): Promise<void> => {
  const headers = { 'idempotency-key': randomUUID() };
  const asked = { method: 'POST', path: 'notes', body: { title: 'x' }, headers } as const;
  expect((await notes.ask('ines.harbor', asked)).statusCode).toBe(201);
};

/** Blocks the table meanwhile; afterwards everything continues. */
function whileLocked(table: string, mode: string, meanwhile: () => Promise<void>): Promise<void> {
  return withClient(notes.deployment.adminUrl, async (client) => {
    await client.query('begin');
    await client.query(`lock table ${table} in ${mode} mode`);
    await meanwhile();
    await client.query('rollback');
  });
}

async function until(holds: (found: ServiceLag) => boolean): Promise<ServiceLag> {
  for (let tries = 0; ; tries += 1) {
    const found = await lag();
    if (holds(found)) return found;
    if (tries === 200) throw new Error(`it did not come to that: ${JSON.stringify(found)}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

describe('How far a service is', () => {
  it('is shown for its relay, and for each group in each partition that it reads', async () => {
    const found = await until(({ relay, reading }) => relay.leading && reading === 'every group reads');
    expect(found).toMatchObject({
      at: notes.clock.now(),
      relay: { oldestUnsentAt: null, lagMs: 0, leading: true, detail: 'sending' },
      reading: 'every group reads',
      groups: [
        { group: 'notes.people', lag: 0 },
        { group: 'notes.roster', lag: 0 },
      ],
    });
    expect(people(found)?.partitions).toEqual(
      Array.from({ length: partitionsPerTopic }, (_, partition) => ({
        topic: 'identity.events',
        partition,
        next: '0',
        end: '0',
        lag: 0,
      })),
    );
  });

  it('is shown only to operators', async () => {
    for (const login of ['ines.harbor', 'cora.coordinator', 'hugo.admin']) {
      expect((await notes.ask(login, { path: 'lag' })).statusCode).toBe(403);
    }
    expect((await notes.ask(null, { path: 'lag' })).statusCode).toBe(401);
  });

  it('shows an event that a group has not handled, and where it is once it has', async () => {
    await whileLocked('notes.person', 'exclusive', async () => {
      await notes.publish(personChanged('ines.harbor', 1));
      const behind = people(await lag());
      expect(behind?.lag).toBe(1);
      expect(behind?.partitions.filter((each) => each.lag > 0)).toEqual([
        { topic: 'identity.events', partition: expect.any(Number), next: '0', end: '1', lag: 1 },
      ]);
    });
    await notes.service.settle();
    const there = people(await lag());
    expect(there?.lag).toBe(0);
    expect(there?.partitions.filter((each) => each.next === '1' && each.end === '1')).toHaveLength(1);
  });

  it('shows since when the log is unsent, and the checkpoint moves once it is sent', async () => {
    const before = (await lag()).relay;
    const at = notes.clock.now();
    await whileLocked('embedded_transport.message', 'exclusive', async () => {
      await write();
      notes.clock.advance({ seconds: 7 });
      expect((await lag()).relay).toMatchObject({ oldestUnsentAt: at, lagMs: 7_000, position: before.position });
    });
    await notes.service.settle();
    const { relay } = await lag();
    expect(relay).toMatchObject({ oldestUnsentAt: null, lagMs: 0 });
    expect(BigInt(relay.position)).toBeGreaterThan(BigInt(before.position));
  });

  it('is shown for the relay even while the topics do not answer', async () => {
    await whileLocked('embedded_transport.group_offset', 'access exclusive', async () => {
      expect(await lag()).toMatchObject({ reading: 'the topics do not answer', groups: null, relay: { lagMs: 0 } });
    });
    await notes.service.settle();
    expect((await lag()).groups).toHaveLength(2);
  });
});
