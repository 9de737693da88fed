import nodeModule from 'node:module';
import { join } from 'node:path';
import { built } from './setup/build.mjs';
import { ready } from './setup/install.mjs';
import { stopWithParent } from './setup/orphan.mjs';
import { alreadyRunning, running } from './setup/running.mjs';
import { command, root, CommandError } from './setup/words.mjs';

/** `npm start`: everything behind one port. Installs and builds what is missing; the rest is apps/platform/src/main.ts. */
await command(async () => {
  const other = running();
  if (other !== undefined) throw new CommandError(alreadyRunning(other));
  stopWithParent();
  await ready();
  await built();
  // what V8 compiled at one start is reused at the next
  nodeModule.enableCompileCache(join(root, 'node_modules/.cache/compiled'));
  await import(new URL('../../../dist/apps/platform/src/main.js', import.meta.url).href);
});
