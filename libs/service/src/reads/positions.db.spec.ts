import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { actorOf, testService, type TestService } from '#testing';
import { EventLog, Inbox, positionOf } from '#events';
import { UnitOfWork } from '#persistence';
import { NotesWithPeopleModule, personChanged } from '../testing/people.ts';
import { Positions } from './positions.ts';

let notes: TestService;
const ines = actorOf('ines.harbor').personId;
const dana = actorOf('dana.planner').personId;

beforeAll(async () => {
  notes = await testService(NotesWithPeopleModule, 'notes');
});
afterAll(() => notes.close());

/** Like the service's own, but its sleeps are counted instead of slept. */
function counted(): { readonly positions: Positions; readonly slept: () => number } {
  let ms = 0;
  const { app } = notes.service;
  const positions = new Positions({
    unitOfWork: app.get(UnitOfWork),
    log: app.get(EventLog),
    inbox: app.get(Inbox),
    sleep: (pause) => {
      ms += pause;
      return Promise.resolve();
    },
  });
  return { positions, slept: () => ms };
}

describe('A read that waits for what its caller has seen', () => {
  it("sees another service's event that is on its way", async () => {
    await notes.publish(personChanged('ines.harbor', 1));
    const path = `people?after=${positionOf('identity', ines, 1)}`;
    const answer = await notes.ask('ines.harbor', { path });
    expect(answer.json()).toContain(ines);
    expect(answer.headers['position-reached']).toBeUndefined();
  });

  it('waits up to 5 s, then says that the position was not reached', async () => {
    const { positions, slept } = counted();
    expect(await positions.wait(positionOf('identity', dana, 1))).toBe(false);
    expect(slept()).toBeGreaterThanOrEqual(5000);
    expect(slept()).toBeLessThan(5200);
    const answer = await notes.ask('ines.harbor', { path: `people?after=${positionOf('identity', dana, 1)}` });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['position-reached']).toBe('false');
  });

  it('does not wait for a stream that the service does not read', async () => {
    const { positions, slept } = counted();
    expect(await positions.wait(positionOf('consent', dana, 9))).toBe(true);
    expect(slept()).toBe(0);
  });

  it('does not wait without a position', async () => {
    const { positions, slept } = counted();
    expect(await positions.wait(undefined)).toBe(true);
    expect(slept()).toBe(0);
  });

  it('of its own streams includes the last commit', async () => {
    const headers = { 'idempotency-key': 'a key of one'.replaceAll(' ', '-') };
    const written = await notes.ask('ines.harbor', { method: 'POST', path: 'notes', body: { title: 'x' }, headers });
    const { positions, slept } = counted();
    expect(await positions.wait(String(written.headers['position']))).toBe(true);
    expect(slept()).toBe(0);
    expect(await positions.wait(positionOf('notes', written.json().noteId, 2))).toBe(false);
  });

  it('may depend on some groups only, or on a check of its own', async () => {
    const { positions } = counted();
    const position = positionOf('identity', ines, 1);
    expect(await positions.wait(position, (each) => positions.contained(each, ['notes.people']))).toBe(true);
    let asked = 0;
    expect(await positions.wait(position, () => Promise.resolve(++asked === 3))).toBe(true);
    expect(asked).toBe(3);
  });
});
