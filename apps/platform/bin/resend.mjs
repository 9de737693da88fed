import { setTimeout as pause } from 'node:timers/promises';
import { Person } from './demo/person.mjs';
import { findPlatform } from './setup/platform.mjs';
import { command, say, CommandError } from './setup/words.mjs';

const LOOK_EVERY_MS = 500;
const tellers = ['identity', 'directory', 'consent', 'referrals', 'notifications', 'coordination'];

/** Prints its progress until it has ended. */
async function resend(admin, service, from) {
  const path = `/api/${service}/resends`;
  const { resendId } = await admin.command(path, from);
  for (let said = ''; ; await pause(LOOK_EVERY_MS)) {
    const { items } = await admin.get(path);
    const found = items.find((each) => each.resendId === resendId);
    if (found === undefined) throw new CommandError(`${service}: the resend is no longer in the list`);
    const waits = found.waiting === null ? '' : `; waits: ${found.waiting}`;
    const words = `${service}: ${found.state}, ${found.sent} of ${found.total} events from ${found.begins} on${waits}`;
    if (words !== said) say(words);
    said = words;
    if (found.state !== 'running') return;
  }
}

/** `all` or names of services, and where to begin: `--since <instant>`, `--from-position <n>`, by default the whole log. */
function asked(words) {
  const names = words.filter((word, n) => !word.startsWith('--') && !words[n - 1]?.startsWith('--'));
  const valueOf = (flag) => (words.includes(flag) ? words[words.indexOf(flag) + 1] : undefined);
  const [since, fromPosition] = [valueOf('--since'), valueOf('--from-position')];
  const from =
    fromPosition !== undefined
      ? { fromPosition }
      : since !== undefined
        ? { since: Number.isNaN(Date.parse(since)) ? since : new Date(since).toISOString() }
        : { all: true };
  return { services: names.includes('all') ? tellers : names, from };
}

/** `npm run resend -- <service>...`, or `all`: sends logs to their topics again, while everything serves. */
await command(async () => {
  const { services, from } = asked(process.argv.slice(2));
  const unknown = services.filter((service) => !tellers.includes(service));
  if (services.length === 0 || unknown.length > 0)
    throw new CommandError(
      `Name a service, several, or all:\n  npm run resend -- <service> [--since <instant>]\n  ${tellers.join('\n  ')}`,
    );
  const address = await findPlatform();
  const admin = new Person(
    address,
    { login: 'pat.operator', displayName: 'the operator', organizationName: address },
    process.env.TOKEN,
  );
  for (const service of services) await resend(admin, service, from);
});
