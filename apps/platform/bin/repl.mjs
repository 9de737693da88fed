import { start } from 'node:repl';
import { signedIn } from './repl/callers.mjs';
import { databaseOf } from './repl/database.mjs';
import { ready } from './setup/install.mjs';
import { findPlatform } from './setup/platform.mjs';
import { command } from './setup/words.mjs';

const welcome = (address) => `The platform at ${address}. You have:
  people                                   the demo people
  ines = await as('ines.harbor')           a person who signs in: ines.get(path), ines.command(path, body, ifMatch)
  await rows('ines.harbor', 'referrals', 'select task_id, state from task')
                                           read only, and only rows that this person's scope sees; $1, $2 and values after it
  await events('referrals', referralId)    the event log of one stream; events hold ids and codes
No client data here but by its one door: await ines.command('/api/referrals/tasks/<id>/packet', {}), which is disclosed and logged.
`;

/** `npm run repl`: a Node prompt on the running platform, as people see it. */
await command(async () => {
  await ready();
  const address = await findPlatform();
  const { people, callerOf } = await signedIn(address);
  const database = databaseOf();
  console.log(welcome(address));
  const prompt = start({ prompt: 'platform> ' });
  Object.assign(prompt.context, {
    address,
    people,
    as: async (login) => (await callerOf(login)).person,
    rows: async (login, service, text, ...values) =>
      database.rows(service, (await callerOf(login)).scope, text, values),
    events: (service, key) => database.events(service, key),
  });
  await new Promise((resolve) => prompt.once('exit', resolve));
  await database.close();
});
