import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { statement } from '#persistence';
import {
  eventsDatabase,
  OpenTransaction,
  recording,
  someone,
  system,
  type EventsDatabase,
} from '../testing/events-database.ts';
import { AnsweredMeanwhile, StaleStream, type EventLog } from './event-log.ts';
import type { RowWrite, TableShape } from './recording.ts';

let database: EventsDatabase;
let log: EventLog;
let woken = 0;

beforeAll(async () => {
  database = await eventsDatabase(() => (woken += 1));
  log = database.log;
});
afterAll(async () => {
  await database.close();
});

const eventsOf = statement(
  'spec-events',
  `select stream_version as version, id, xid::text as xid, position, data, actor_role, at from event
   where stream_key = $1 order by stream_version`,
);
interface EventRow {
  readonly version: number;
  readonly id: string;
  readonly xid: string;
  readonly position: string;
}
const events = (key: string): Promise<readonly EventRow[]> =>
  database.unitOfWork.run(system, (tx) => tx.query<EventRow>(eventsOf, [key]));
const lock = (key: string): Promise<number> => database.unitOfWork.run(system, (tx) => log.lockStream(tx, key));

const thing: TableShape = {
  name: 'thing',
  key: ['thing_id'],
  columns: ['thing_id', 'name', 'tags', 'size', 'at', 'more'],
};
const thingId = '01900000-0000-7000-8000-0000000000aa';
const things = statement('spec-things', 'select name, tags, size, at, more from thing where thing_id = $1');

const answer = (
  key: string,
  requestHash = 'hash',
  personId = 'ines',
): NonNullable<Parameters<typeof recording>[0]['answer']> => ({
  personId,
  key,
  requestHash,
  stored: { status: 201, body: { taskId: 'a', legalMoves: [] }, etag: '"7"', position: 'p', location: '/x' },
});

describe('the event log', () => {
  it('creates an unknown stream at version 0 and counts its events from 1', async () => {
    expect(await lock('new')).toBe(0);
    await database.append('new', 2);
    expect(await lock('new')).toBe(2);
    expect((await events('new')).map((each) => each.version)).toEqual([1, 2]);
    expect(await database.unitOfWork.run(system, (tx) => log.streamVersion(tx, 'new'))).toBe(2);
    expect(await database.unitOfWork.run(system, (tx) => log.streamVersion(tx, 'never'))).toBe(0);
  });

  it('returns the events as they are in the log', async () => {
    const envelopes = await database.unitOfWork.run(system, async (tx) => {
      const version = await log.lockStream(tx, 'envelopes');
      return log.record(
        tx,
        recording({ key: 'envelopes', version, events: 2, causationId: 'cause', traceparent: null }),
      );
    });
    const rows = await events('envelopes');
    expect(envelopes.map((each) => each.id)).toEqual(rows.map((each) => each.id));
    expect(envelopes[1]).toMatchObject({
      type: 'referral.happened',
      schemaVersion: 1,
      source: '/referrals',
      subject: 'task/envelopes',
      time: '2026-11-24T08:00:00.000Z',
      key: 'envelopes',
      streamVersion: 2,
      actor: someone,
      causationId: 'cause',
      // the request has no trace, so the trace is made from the correlation id
      traceparent: '00-01900000000070008000000000000003-8000000000000003-00',
    });
    expect(rows[0]).toMatchObject({
      data: { referralId: 'envelopes', until: '2026-11-25T08:00:00.000Z' },
      actor_role: 'intake-worker',
      at: '2026-11-24T08:00:00.000Z',
    });
  });

  it('refuses a recording made for another version and writes nothing of it', async () => {
    await database.append('stale');
    const rows: readonly RowWrite[] = [{ table: thing, rows: [{ thing_id: thingId, name: 'never' }] }];
    const late = database.unitOfWork.run(system, async (tx) => {
      await log.lockStream(tx, 'stale');
      await expect(
        log.record(tx, recording({ key: 'stale', version: 0, rows, answer: answer('stale') })),
      ).rejects.toBeInstanceOf(StaleStream);
      return tx.query(things, [thingId]);
    });
    expect(await late).toEqual([]);
    expect(await events('stale')).toHaveLength(1);
  });

  it('lets one of 50 concurrent commands on one version win each round, with no gap in the versions', async () => {
    for (const round of [0, 1, 2]) {
      const attempts = Array.from({ length: 50 }, () =>
        database.unitOfWork.run(system, async (tx) => {
          const version = await log.lockStream(tx, 'contested');
          if (version !== round) return 'late';
          await log.record(tx, recording({ key: 'contested', version }));
          return 'won';
        }),
      );
      expect((await Promise.all(attempts)).filter((each) => each === 'won')).toHaveLength(1);
    }
    await Promise.all(Array.from({ length: 50 }, () => database.append('contested')));
    const versions = (await events('contested')).map((each) => each.version);
    expect(versions).toEqual(Array.from({ length: 53 }, (_, i) => i + 1));
  });

  it('lets transaction ids rise with versions, even if many create the same stream concurrently', async () => {
    for (const key of ['rising-1', 'rising-2', 'rising-3']) {
      await Promise.all(Array.from({ length: 30 }, () => database.append(key)));
      const xids = (await events(key)).map((each) => BigInt(each.xid));
      expect(xids).toHaveLength(30);
      expect(xids).toEqual([...xids].sort((a, b) => (a < b ? -1 : 1)));
    }
  });

  it('makes the second command wait for the first until its end', async () => {
    const first = await OpenTransaction.begin(database.unitOfWork);
    const second = await OpenTransaction.begin(database.unitOfWork);
    await first.do((tx) => log.lockStream(tx, 'waits'));
    let came = false;
    const waiting = second.do((tx) => log.lockStream(tx, 'waits')).then((version) => ((came = true), version));
    await first.do((tx) => log.record(tx, recording({ key: 'waits', version: 0 })));
    expect(came).toBe(false);
    await first.commit();
    expect(await waiting).toBe(1);
    await second.rollback();
  });

  it('stores an answer and returns it only to the same person for the same request', async () => {
    const stored = answer('again').stored;
    await database.unitOfWork.run(system, async (tx) => {
      const version = await log.lockStream(tx, 'answers');
      await log.record(tx, recording({ key: 'answers', version, answer: answer('again') }));
    });
    const ask = (asked: { personId: string; key: string; requestHash: string }): ReturnType<EventLog['storedAnswer']> =>
      database.unitOfWork.run(system, (tx) => log.storedAnswer(tx, asked));
    expect(await ask({ personId: 'ines', key: 'again', requestHash: 'hash' })).toEqual(stored);
    expect(await ask({ personId: 'ines', key: 'again', requestHash: 'other' })).toBe('key-reused');
    expect(await ask({ personId: 'abel', key: 'again', requestHash: 'hash' })).toBeUndefined();
    expect(await ask({ personId: 'ines', key: 'other', requestHash: 'hash' })).toBeUndefined();
  });

  it('keeps the text of an answer, so that its repeat has the same bytes', async () => {
    const body = { z: 1, a: [true, null, 'ä'], m: { y: 1, b: 2 } };
    await database.unitOfWork.run(system, async (tx) => {
      const version = await log.lockStream(tx, 'bytes');
      const stored = { status: 200, body };
      await log.record(tx, recording({ key: 'bytes', version, answer: { ...answer('bytes'), stored } }));
    });
    const again = await database.unitOfWork.run(system, (tx) =>
      log.storedAnswer(tx, { personId: 'ines', key: 'bytes', requestHash: 'hash' }),
    );
    expect(again).toEqual({ status: 200, body });
    expect(JSON.stringify((again as { body: unknown }).body)).toBe(JSON.stringify(body));
  });

  it('lets one of two commands win if they create different streams under one idempotency key', async () => {
    const create = (key: string): Promise<unknown> =>
      database.unitOfWork.run(system, async (tx) => {
        const version = await log.lockStream(tx, key);
        await log.record(tx, recording({ key, version, answer: answer('twice-at-once') }));
      });
    const [a, b] = await Promise.allSettled([create('twin-a'), create('twin-b')]);
    const refused = [a, b].filter((each) => each.status === 'rejected');
    expect(refused).toHaveLength(1);
    expect(refused[0]?.reason).toBeInstanceOf(AnsweredMeanwhile);
    expect([...(await events('twin-a')), ...(await events('twin-b'))]).toHaveLength(1);
  });

  it('inserts and replaces rows in the same statement', async () => {
    const write = (rows: readonly RowWrite[]): Promise<unknown> =>
      database.unitOfWork.run(system, async (tx) => {
        const version = await log.lockStream(tx, 'rows');
        await log.record(tx, recording({ key: 'rows', version, rows }));
      });
    const read = (): Promise<readonly object[]> => database.unitOfWork.run(system, (tx) => tx.query(things, [thingId]));
    const row = {
      thing_id: thingId,
      name: `O'Hara "x"`,
      tags: ['a', 'b'],
      size: 3,
      at: '2026-01-31T09:00:00.120Z',
      more: { a: [1] },
    };
    await write([{ table: thing, rows: [row] }]);
    const { thing_id: _, ...stored } = row;
    expect(await read()).toEqual([stored]);
    await write([{ table: thing, rows: [{ thing_id: thingId, name: 'changed', tags: [] }] }]);
    expect(await read()).toEqual([{ name: 'changed', tags: [], size: null, at: null, more: null }]);
  });

  it('records an answer and rows without an event, and keeps the version of the stream', async () => {
    await database.append('quiet');
    const rows = [{ table: thing, rows: [{ thing_id: '01900000-0000-7000-8000-0000000000ab', name: 'quiet' }] }];
    const made = await database.unitOfWork.run(system, async (tx) => {
      const version = await log.lockStream(tx, 'quiet');
      return log.record(tx, recording({ key: 'quiet', version, events: 0, rows, answer: answer('quiet') }));
    });
    expect(made).toEqual([]);
    expect(await lock('quiet')).toBe(1);
    expect(
      await database.unitOfWork.run(system, (tx) =>
        log.storedAnswer(tx, { personId: 'ines', key: 'quiet', requestHash: 'hash' }),
      ),
    ).toMatchObject({ status: 201 });
  });

  it('wakes the relay after a commit that appended, and only then', async () => {
    woken = 0;
    const open = await OpenTransaction.begin(database.unitOfWork);
    const version = await open.do((tx) => log.lockStream(tx, 'wakes'));
    await open.do((tx) => log.record(tx, recording({ key: 'wakes', version })));
    expect(woken).toBe(0);
    await open.commit();
    expect(woken).toBe(1);
    const undone = await OpenTransaction.begin(database.unitOfWork);
    await undone.do((tx) => log.record(tx, recording({ key: 'wakes', version: 1 })));
    await undone.rollback();
    expect(woken).toBe(1);
  });

  it('refuses an event that no event class made', async () => {
    const made = database.unitOfWork.run(system, async (tx) => {
      const version = await log.lockStream(tx, 'classless');
      return log.record(tx, {
        ...recording({ key: 'classless', version }),
        events: [{ event: { type: 'x' }, subject: 'x' }],
      });
    });
    await expect(made).rejects.toThrow('x was not made by an event class');
  });
});
