import { ready } from '../setup/install.mjs';
import { command } from '../setup/words.mjs';
import { jest } from './jest.mjs';

/** `npm run budgets`: what Chromium receives for each screen, beside its limit of apps/web/budgets.json. */
await command(async () => {
  await ready();
  const { code } = await jest(['test/browser/budgets', ...process.argv.slice(2)]);
  process.exitCode = code;
});
