import { setTimeout as pause } from 'node:timers/promises';
import { Person } from './demo/person.mjs';
import { findPlatform } from './setup/platform.mjs';
import { command, say, CommandError } from './setup/words.mjs';

const LOOK_EVERY_MS = 500;
const keepers = ['referrals', 'consent', 'notifications', 'coordination'];

const serviceOf = (group) => group.split('.')[0];

/** The groups of every service that can be rebuilt. */
async function groupsOf(admin) {
  const lags = await Promise.all(keepers.map((service) => admin.get(`/api/${service}/lag`)));
  return lags.flatMap(({ groups }) => (groups ?? []).map(({ group }) => group)).sort();
}

/** Prints its progress until it has ended. Returns the result. */
async function rebuild(admin, group) {
  const path = `/api/${serviceOf(group)}/rebuilds`;
  const { rebuildId } = await admin.command(path, { group });
  for (let said = ''; ; await pause(LOOK_EVERY_MS)) {
    const { items } = await admin.get(path);
    const found = items.find((each) => each.rebuildId === rebuildId);
    if (found === undefined) throw new CommandError(`${group}: the rebuild is no longer in the list`);
    const words = `${group}: ${found.state}, ${found.streams} streams, ${found.events} events${found.waiting === null ? '' : `; waits: ${found.waiting}`}`;
    if (words !== said) say(words);
    said = words;
    if (found.state !== 'running') return found;
  }
}

/** `npm run rebuild -- <group>...`, or `all`: rebuilds rows from the logs of a running platform, while it serves. */
await command(async () => {
  const address = await findPlatform();
  const admin = new Person(
    address,
    { login: 'pat.operator', displayName: 'the operator', organizationName: address },
    process.env.TOKEN,
  );
  const groups = await groupsOf(admin);
  const named = process.argv.slice(2);
  const asked = named.includes('all') ? groups : named;
  const unknown = asked.filter((group) => !groups.includes(group));
  if (asked.length === 0 || unknown.length > 0)
    throw new CommandError(`Name a group, several, or all:\n  npm run rebuild -- <group>\n  ${groups.join('\n  ')}`);
  const done = [];
  for (const group of asked) done.push(await rebuild(admin, group));
  const faults = done.flatMap(({ group, faultList }) =>
    faultList.map(({ key, reason }) => `${group}, stream ${key}: ${reason}`),
  );
  if (faults.length > 0) throw new CommandError(`Some streams stand as they stood:\n  ${faults.join('\n  ')}`);
});
