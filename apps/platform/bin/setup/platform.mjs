import { setTimeout as pause } from 'node:timers/promises';
import { running } from './running.mjs';
import { CommandError } from './words.mjs';

/** A platform that has just started may still be assigning its readers. */
const PATIENCE_MS = 30_000;
const HINT = 'Start it with npm start in another terminal, wait for its address, then try again.';

/** PLATFORM_URL, the platform that runs on this folder, or the default address. Throws a sentence if none is ready. */
export async function findPlatform() {
  const address = process.env.PLATFORM_URL ?? running()?.address ?? 'http://localhost:3000';
  for (const until = Date.now() + PATIENCE_MS; ; await pause(500)) {
    const answer = await fetch(`${address}/health/ready`).catch(() => undefined);
    if (answer === undefined) throw new CommandError(`No platform answers at ${address}. ${HINT}`);
    const health = /** @type {any} */ (await answer.json().catch(() => ({})));
    if (health.status === undefined) throw new CommandError(`What answers at ${address} is another program. ${HINT}`);
    if (health.status === 'ready') return address.replace(/\/$/, '');
    if (Date.now() > until)
      throw new CommandError(`The platform at ${address} is not ready:\n  ${health.missing?.join('\n  ')}`);
  }
}
