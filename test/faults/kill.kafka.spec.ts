import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TaskView } from '#contracts';
import { withClient } from '#persistence';
import { testKafka } from '#testing';
import { openApart, type ApartHouse } from '../apart.ts';
import { lagOf } from '../stories/lag.ts';
import { Person, until, type House } from '../stories/people.ts';
import { act, complete, consented, drafted, open, personId, task } from '../stories/scene.ts';
import { groups, rebuilt, rowsOf } from './rebuilding.ts';

const kafka = await testKafka();
const suite = kafka === undefined ? describe.skip : describe;

// Skipped, by its name, only where a machine has neither a broker, nor Docker, nor Java.
suite('every service is killed while people work', () => {
  let house: ApartHouse;

  beforeAll(async () => {
    house = await openApart([...(kafka?.brokers ?? [])]);
  }, 240_000);

  afterAll(() => house?.close(), 60_000);

  it('what was accepted ends with everybody, each effect once', async () => {
    const people: House = { ...house, patient: true };
    let killing = true;
    // When each service is killed with no word, in turn, and started again
    const kills = (async () => {
      for (const name of ['referrals', 'coordination', 'consent', 'notifications', 'directory', 'identity']) {
        await house.restart(name, 'SIGKILL');
      }
    })().finally(() => (killing = false));
    // While two people work, who repeat what broke off
    const work = [0, 1].map(async () => {
      const done: TaskView[] = [];
      do done.push(await served(people));
      while (
        // however quickly the services come back, there is work behind them
        killing ||
        done.length < 3
      );
      return done;
    });
    const [, ...done] = await Promise.all([kills, ...work]);
    const tasks = done.flat();
    expect(tasks.length).toBeGreaterThan(4);

    // Then every reader comes to the end of what was told
    const pat = new Person(people, 'pat.operator');
    await until(
      () => lagOf(pat, 'referrals'),
      ({ relay }) => relay.oldestUnsentAt === null,
      60,
    );
    for (const service of ['referrals', 'consent', 'notifications', 'coordination']) {
      await until(
        () => lagOf(pat, service),
        (lag) => lag.relay.oldestUnsentAt === null && lag.groups?.every((group) => group.lag === 0) === true,
        60,
      );
      expect((await pat.get<{ items: readonly object[] }>(`/api/${service}/parked`)).items).toEqual([]);
    }
    // And all say the same: the Tasks, the log, the timeline, the ledger, the board, and whoever was told
    for (const { taskId } of tasks) {
      expect((await task(new Person(people, 'dana.planner'), taskId)).state).toBe('completed');
    }
    expect(await agreement(house.adminUrl)).toEqual([]);
    // And making every row anew finds each as it is
    const rows = await rowsOf(house.adminUrl);
    for (const group of groups) expect(await rebuilt(pat, group)).toMatchObject({ state: 'done' });
    expect(await rowsOf(house.adminUrl)).toEqual(rows);
  }, 300_000);
});

async function served(house: House): Promise<TaskView> {
  const dana = new Person(house, 'dana.planner');
  const { taskId, clientId } = await drafted(house, 'housing', 'harbor-beds');
  const { after } = await consented(house, clientId, ['harbor-house']);
  // Where the news of consent is late, since its reader was just killed, the Task waits for it and goes by itself.
  await act(dana, taskId, 'send', {}, after);
  await until(
    () => task(dana, taskId),
    ({ state }) => state === 'sent',
    60,
  );
  const ines = new Person(house, 'ines.harbor');
  await act(ines, taskId, 'acknowledge', {});
  await act(ines, taskId, 'accept', { ownerId: personId('ines.harbor') });
  await open(ines, taskId);
  return complete(ines, taskId, 'housed');
}

/** What the services' tables say of the same things where they differ; each line of the answer is a fault. */
function agreement(adminUrl: string): Promise<readonly string[]> {
  const checks: Readonly<Record<string, string>> = {
    'a log without a gap': `select stream_key from referrals.event group by stream_key
      having count(*) <> max(stream_version) or min(stream_version) <> 1`,
    'an event for each item of the timelines, and an item for each event': `select coalesce(e.id, i.event_id)
      from referrals.event e full join coordination.timeline_item i on i.event_id = e.id
      where e.id is null or i.event_id is null`,
    'a state of a Task that the inbox has too': `select t.task_id from referrals.task t
      left join coordination.inbox_row i using (task_id) where i.state is distinct from t.row ->> 'state'`,
    'an entry for each access and each opening, once': `select coalesce(e.id, d.event_id)
      from (select id from referrals.event where type in
        ('referral.access.granted', 'referral.access.ended', 'referral.packet.opened')) e
      full join consent.disclosure_entry d on d.event_id = e.id where e.id is null or d.event_id is null`,
    'a delivery once for each event, person and channel': `select event_id from notifications.delivery
      group by event_id, person_id, channel having count(*) > 1`,
    'a delivery that was told once': `select data ->> 'deliveryId' from notifications.event
      where type = 'notification.delivered' group by 1 having count(*) > 1`,
    'news of each sending to somebody of the agency': `select e.id from referrals.event e
      where e.type = 'referral.task.sent' and not exists (select from notifications.delivery d where d.event_id = e.id)`,
  };
  return withClient(adminUrl, async (client) => {
    const faults: string[] = [];
    for (const [should, text] of Object.entries(checks)) {
      const { rowCount } = await client.query(text);
      if (rowCount !== 0) faults.push(`${should}: not so ${String(rowCount)} times`);
    }
    return faults;
  });
}
