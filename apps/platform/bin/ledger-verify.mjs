import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { Person } from './demo/person.mjs';
import { findPlatform } from './setup/platform.mjs';
import { command, say, CommandError } from './setup/words.mjs';

const LOOK_EVERY_MS = 2000;
const MOST_ANCHORS = 100;
const path = '/api/consent/ledger/verifications';

/**
 * Anchors kept outside: a file of JSON lines. Each line is an anchor `{number, digest}`, or a line of consent's process
 * log that contains one. Uses the newest hundred.
 */
function keptIn(file) {
  const marks = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line))
    .map((line) => line.anchor ?? line)
    .filter(({ number, digest }) => Number.isInteger(number) && typeof digest === 'string')
    .map(({ number, digest }) => ({ number, digest }));
  if (marks.length === 0)
    throw new CommandError(`${file} holds no anchor: a line each, such as {"number":1,"digest":"..."}`);
  return marks.sort((a, b) => a.number - b.number).slice(-MOST_ANCHORS);
}

function fileNamed(words) {
  if (words.length === 0) return undefined;
  if (words.length === 2 && words[0] === '--anchors') return words[1];
  throw new CommandError(
    'It takes nothing, or a file of anchors that were kept outside:\n  npm run ledger:verify -- --anchors <file>',
  );
}

async function ended(officer, asked) {
  let found = asked;
  while (found.state === 'running') {
    await pause(LOOK_EVERY_MS);
    const { items } = await officer.get(path);
    found = items.find((each) => each.verificationId === asked.verificationId) ?? asked;
  }
  return found;
}

function words({ kind, clientId, place, anchorNumber }) {
  return anchorNumber === null ? `${kind}: client ${clientId}, entry ${place}` : `${kind}: anchor ${anchorNumber}`;
}

/**
 * `npm run ledger:verify`: checks whether anybody tampered with the running platform's disclosure ledger. Exits with 1 if
 * so.
 */
await command(async () => {
  const file = fileNamed(process.argv.slice(2));
  const address = await findPlatform();
  const officer = new Person(
    address,
    { login: 'olga.privacy', displayName: 'the privacy officer', organizationName: address },
    process.env.TOKEN,
  );
  const { body: asked } = await officer.ask('POST', path, file === undefined ? {} : { anchors: keptIn(file) });
  const { state, chains, entries, anchors, lastAnchor, findingCount, findings } = await ended(officer, asked);
  say(`the ledger is ${state}: ${entries} entries of ${chains} clients, ${anchors} anchors`);
  if (lastAnchor !== null) say(`keep this outside: ${JSON.stringify(lastAnchor)}`);
  if (state !== 'intact')
    throw new CommandError(`Somebody tampered with it, ${findingCount} traces:\n  ${findings.map(words).join('\n  ')}`);
});
