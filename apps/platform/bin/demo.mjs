import { agreement } from './demo/agreement.mjs';
import { meetNetwork } from './demo/network.mjs';
import { Scene } from './demo/scene.mjs';
import { play } from './demo/story.mjs';
import { findPlatform } from './setup/platform.mjs';
import { command, CommandError } from './setup/words.mjs';

/** `npm run demo`: plays one referral through HTTP against the running platform. Each run is a new client and referral. */
await command(async () => {
  const address = await findPlatform();
  console.log(`One referral of three needs, through ${address}`);
  const network = await meetNetwork(address);
  const scene = new Scene(network);
  const story = await play(network, scene);
  const faults = await agreement(story);
  if (faults.length > 0) throw new CommandError(`They do not agree: ${faults.join('; ')}`);
  console.log(`\nThe loop is closed: closed-with-service. Look at it at ${address}/ as any of these people.`);
});
