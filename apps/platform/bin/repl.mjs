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
  // what is asked at the end of a piped input is still answered
  const asked = new Set();
  const answering =
    (work) =>
    (...args) => {
      const answer = work(...args);
      asked.add(answer);
      const done = () => asked.delete(answer);
      answer.then(done, done);
      return answer;
    };
  Object.assign(prompt.context, {
    address,
    people,
    as: answering(async (login) => (await callerOf(login)).person),
    rows: answering(async (login, service, text, ...values) =>
      database.rows(service, (await callerOf(login)).scope, text, values),
    ),
    events: answering((service, key) => database.events(service, key)),
  });
  await new Promise((resolve) => prompt.once('exit', resolve));
  while (asked.size > 0) await Promise.allSettled(asked);
  await database.close();
});
