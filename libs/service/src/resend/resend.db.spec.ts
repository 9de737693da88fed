import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { withClient } from '#persistence';
import { testService, type TestRequest, type TestService } from '#testing';
import type { Page } from '../reads/page.ts';
import { NotesModule } from '../testing/notes.ts';
import type { Resend } from './resend.views.ts';

interface Sent {
  readonly key: string;
  readonly version: number;
}

let notes: TestService;
beforeAll(async () => {
  notes = await testService(NotesModule, 'notes');
});
afterAll(() => notes.close());

const command = (login: string, asked: TestRequest): ReturnType<TestService['ask']> =>
  notes.ask(login, { method: 'POST', ...asked, headers: { 'idempotency-key': randomUUID(), ...asked.headers } });
const write = async (): Promise<void> => {
  expect((await command('ines.harbor', { path: 'notes', body: { title: 'x' } })).statusCode).toBe(201);
};
const ask = (body: object, login = 'pat.operator'): ReturnType<TestService['ask']> =>
  command(login, { path: 'resends', body });
const list = async (): Promise<readonly Resend[]> =>
  (await notes.ask('pat.operator', { path: 'resends' })).json<Page<Resend>>().items;

async function done(resendId: string): Promise<Resend> {
  for (let tries = 0; tries < 400; tries += 1) {
    const found = (await list()).find((each) => each.resendId === resendId);
    if (found?.state === 'done') return found;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`it does not end: ${JSON.stringify(await list())}`);
}

/** The topic in the order in which it was sent; a note's stream has its events in one partition. */
const topic = (): Promise<readonly Sent[]> =>
  withClient(notes.deployment.adminUrl, async (client) => {
    const text = `select key, (headers ->> 'ce_streamversion')::int as version
      from embedded_transport.message where topic = 'notes.events' order by partition, "offset"`;
    return (await client.query<Sent>(text)).rows;
  });
const lose = (): Promise<unknown> =>
  withClient(notes.deployment.adminUrl, (client) =>
    client.query("delete from embedded_transport.message where topic = 'notes.events'"),
  );

describe('Sending a part of the log again', () => {
  it('is only for operators, and begins at exactly one place [F6]', async () => {
    for (const login of ['ines.harbor', 'nora.network']) expect((await ask({ all: true }, login)).statusCode).toBe(403);
    for (const wrong of [
      {},
      { all: false },
      { all: true, fromPosition: '1' },
      { fromPosition: '-1' },
      { fromPosition: '9223372036854775808' },
      { since: 'yesterday' },
    ]) {
      expect([wrong, (await ask(wrong)).statusCode]).toEqual([wrong, 400]);
    }
    expect(await list()).toEqual([]);
  });

  it('sends everything from there again, reports its progress, and ends [F6]', async () => {
    for (let n = 0; n < 7; n += 1) await write();
    await notes.service.settle();
    const before = await topic();
    expect(before).toHaveLength(7);
    await lose();
    const { resendId } = (await ask({ all: true })).json<{ resendId: string }>();
    expect(await done(resendId)).toMatchObject({ begins: 'all', total: 7, sent: 7, waiting: null });
    const sorted = (sent: readonly Sent[]): readonly Sent[] => sent.toSorted((a, b) => (a.key < b.key ? -1 : 1));
    expect(sorted(await topic())).toEqual(sorted(before));
  });

  it('begins at a position or at an instant [F6]', async () => {
    const positions = await withClient(notes.deployment.adminUrl, async (client) => {
      const text = 'select position::text from notes.event order by xid, position';
      return (await client.query<{ position: string }>(text)).rows.map(({ position }) => position);
    });
    const fromFifth = (await ask({ fromPosition: positions[4] })).json<{ resendId: string }>();
    expect(await done(fromFifth.resendId)).toMatchObject({ begins: `position ${positions[4]}`, total: 3, sent: 3 });
    notes.clock.advance({ minutes: 1 });
    await write();
    await notes.service.settle();
    const since = (await ask({ since: notes.clock.now() })).json<{ resendId: string }>();
    expect(await done(since.resendId)).toMatchObject({ begins: `since ${notes.clock.now()}`, total: 1, sent: 1 });
    const none = (await ask({ fromPosition: '9223372036854775807' })).json<{ resendId: string }>();
    expect(await done(none.resendId)).toMatchObject({ total: 0, sent: 0 });
  });

  it('continues where it was when the service restarts [F6]', async () => {
    await notes.service.settle();
    await lose();
    const { resendId } = (await ask({ all: true })).json<{ resendId: string }>();
    await notes.restart();
    expect(await done(resendId)).toMatchObject({ total: 8, sent: 8 });
    expect(await topic()).toHaveLength(8);
  });
});
