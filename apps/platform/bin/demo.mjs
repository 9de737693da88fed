import { setTimeout as pause } from 'node:timers/promises';
import { agreement } from './demo/agreement.mjs';
import { meetNetwork } from './demo/network.mjs';
import { Scene } from './demo/scene.mjs';
import { play } from './demo/story.mjs';
import { running } from './setup/running.mjs';
import { command, Told } from './setup/words.mjs';

/** A platform that has just started may still be taking up its readers. */
const PATIENCE_MS = 30_000;
const HINT = 'Start it with npm start in another terminal, wait for its address, then try again.';

/** PLATFORM_URL, the platform that runs on this folder, or the default address. Throws a sentence when nobody is ready. */
async function findPlatform() {
  const address = process.env.PLATFORM_URL ?? running()?.address ?? 'http://localhost:3000';
  for (const until = Date.now() + PATIENCE_MS; ; await pause(500)) {
    const answer = await fetch(`${address}/health/ready`).catch(() => undefined);
    if (answer === undefined) throw new Told(`No platform answers at ${address}. ${HINT}`);
    const health = await answer.json().catch(() => ({}));
    if (health.status === undefined) throw new Told(`What answers at ${address} is another program. ${HINT}`);
    if (health.status === 'ready') return address.replace(/\/$/, '');
    if (Date.now() > until)
      throw new Told(`The platform at ${address} is not ready:\n  ${health.missing?.join('\n  ')}`);
  }
}

/** `npm run demo`: plays one referral through HTTP against the running platform. Each run is a new client and referral. */
await command(async () => {
  const address = await findPlatform();
  console.log(`One referral of three needs, through ${address}`);
  const network = await meetNetwork(address);
  const scene = new Scene(network);
  const story = await play(network, scene);
  const faults = await agreement(story);
  if (faults.length > 0) throw new Told(`They do not agree: ${faults.join('; ')}`);
  console.log(`\nThe loop is closed: closed-with-service. Look at it at ${address}/ as any of these people.`);
});
