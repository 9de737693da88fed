import { withClient } from '#persistence';
import { Person, until } from '../../stories/people.ts';
import { agreement } from '../agreement.ts';
import { watchAnswers } from './answers.ts';
import type { Fault, Random } from './faults.ts';
import { isWhole, serves, type Rig } from './rig.ts';
import { runStories } from './running-stories.ts';

const people = 2;
const wholeWithinSeconds = 40;

/** One fault while people work: nothing is lost or duplicated, and everything recovers by itself. Returns the figures. */
export async function round(rig: Rig, fault: Fault, random: Random): Promise<string> {
  let working = true;
  const running = runStories(rig.people, { people, goOn: () => working });
  const watching = watchAnswers(rig, () => working);
  const strike = async (): Promise<{ readonly done: string; readonly served: number }> => {
    try {
      await until(
        () => Promise.resolve(running.ended()),
        (ended) => ended > 0,
        60,
      );
      const done = await fault.strike({ rig, running, random });
      return { done, served: await serves(rig, fault.withinSeconds) };
    } finally {
      working = false;
    }
  };
  const [{ done, served }, stories, { accepted, later }] = await Promise.all([strike(), running.end, watching]);
  const whole = await isWhole(rig, wholeWithinSeconds);
  // a timer that fires now adds an event whose rows follow a moment later; what is lost or doubled stays so
  await until(
    () => lostOrDoubled(rig, accepted),
    (found) => found.length === 0,
    wholeWithinSeconds,
  );
  return (
    `${fault.name}: ${done}; served again ${served} ms after, whole ${whole} ms after the last story; ` +
    `${stories} stories, ${accepted.length} commands accepted, ${later} answers of 503`
  );
}

/** Runs once everything is read. Each line of the result is a fault. */
export async function lostOrDoubled(rig: Rig, accepted: readonly string[]): Promise<readonly string[]> {
  const { adminUrl } = rig.postgres;
  const missing = await withClient(adminUrl, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `select id from unnest($1::uuid[]) as id except select referral_id from coordination.timeline_item`,
      [accepted],
    );
    return rows.map(({ id }) => `the accepted referral ${id} is nowhere`);
  });
  return [...(await agreement(adminUrl)), ...(await parkedIn(rig)), ...missing];
}

/** The parked entries, as sentences. */
export async function parkedIn(rig: Rig): Promise<readonly string[]> {
  const pat = new Person(rig.people, 'pat.operator');
  const found: string[] = [];
  for (const service of ['referrals', 'consent', 'notifications', 'coordination']) {
    const { items } = await pat.get<{ items: readonly { readonly reason: string }[] }>(`/api/${service}/parked`);
    found.push(...items.map(({ reason }) => `${service}: parked: ${reason}`));
  }
  return found;
}
