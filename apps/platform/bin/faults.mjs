import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { run } from './setup/child.mjs';
import { ready } from './setup/install.mjs';
import { command, root, say, CommandError } from './setup/words.mjs';

const usage = `Say npm run test:faults -- [faults | load | revocations] [--seed <number>] [--minutes <number>] [--kafka]`;

function parseArguments(words) {
  const options = { only: '', seed: randomInt(1, 2 ** 31), minutes: 5, kafka: false };
  for (let n = 0; n < words.length; n += 1) {
    const word = words[n];
    if (['faults', 'load', 'revocations'].includes(word)) options.only = word;
    else if (word === '--kafka') options.kafka = true;
    else if (word === '--seed' || word === '--minutes') {
      n += 1;
      const value = Number(words[n]);
      if (!(value > 0)) throw new CommandError(`${word} takes a number above 0. ${usage}`);
      options[word.slice(2)] = value;
    } else throw new CommandError(usage);
  }
  return options;
}

/**
 * `npm run test:faults`: random faults by a seed, one after the other, for some minutes; then stories without faults for
 * as long, while PostgreSQL's log is watched for deadlocks. `revocations` revokes a consent 50 times while its packets are
 * read. The short forms, with a seed of their own, are in `npm test`.
 */
await command(async () => {
  const { only, seed, minutes, kafka } = parseArguments(process.argv.slice(2));
  await ready();
  say(`seed ${seed}, ${minutes} minutes: npm run test:faults -- ${only} --seed ${seed} --minutes ${minutes}`);
  const { code } = await run(
    process.execPath,
    [
      ...['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
      ...[join(root, 'node_modules/jest/bin/jest.js'), '--runInBand'],
      ...['--testMatch', only === 'revocations' ? '**/revocation-under-reading.spec.ts' : '**/*.long.ts'],
    ],
    {
      env: {
        ...{ FAULTS_SEED: String(seed), FAULTS_MINUTES: String(minutes), FAULTS_ONLY: only },
        FAULTS_ON: kafka ? 'kafka' : '',
        REVOCATIONS: '50',
      },
    },
  );
  process.exitCode = code;
});
