import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { alreadyRunning, dataDir, running } from './setup/running.mjs';
import { command, say, CommandError } from './setup/words.mjs';

/** `npm run demo:reset`: deletes the embedded database and the secrets of this folder. It does not touch a DATABASE_URL. */
await command(() => {
  const other = running();
  if (other !== undefined) throw new CommandError(`${alreadyRunning(other)}\nThen reset.`);
  if (!existsSync(dataDir)) return say('there is nothing to reset: the next npm start begins with new data anyway');
  const note = join(dataDir, 'postgres/moved-to');
  const elsewhere = existsSync(note) ? readFileSync(note, 'utf8') : undefined;
  if (elsewhere !== undefined) rmSync(elsewhere, { recursive: true, force: true });
  rmSync(dataDir, { recursive: true, force: true });
  say('the demo data is gone; the next npm start begins with new data');
});
