import { Session } from 'node:inspector/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { TaskView } from '#contracts';
import { RunningReferrals } from '../../apps/referrals/src/testing/running-referrals.ts';

/** Test tools, the ids of the seed that they use, and the loops that read and send beside the request. */
const beside = new RegExp(
  [
    '/testing/|^libs/testing/|/seed/|^test/',
    '^libs/events/src/(?:own-connection|polling)\\.ts$',
    '^libs/events/src/(?:relay|reading|lanes|parking|rebuild|resend|transports|incoming|inbox)/',
  ].join('|'),
);

let referrals: RunningReferrals;
const session = new Session();
beforeAll(async () => {
  referrals = await RunningReferrals.start();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
}, 120_000);
afterAll(async () => {
  session.disconnect();
  await referrals?.close();
});

/** Our files of which V8 ran a function since the last call. What runs when a module is loaded is not among them. */
async function filesThatRan(): Promise<readonly string[]> {
  const { result } = await session.post('Profiler.takePreciseCoverage');
  const root = new URL('../../', import.meta.url).href;
  return result
    .filter(({ functions }) => functions.some(({ ranges }) => ranges.some(({ count }) => count > 0)))
    .flatMap(({ url }) => (url.startsWith(root) ? [url.slice(root.length)] : []))
    .filter((path) => /^(?:apps|libs)\//.test(path) && !beside.test(path))
    .sort();
}

/** `apps/referrals/src/domain: 24`, one for each room. */
function byRoom(files: readonly string[]): string {
  const rooms = Map.groupBy(files, (path) =>
    path
      .split('/')
      .slice(0, path.startsWith('apps/') ? 4 : 2)
      .join('/'),
  );
  return [...rooms].map(([room, inside]) => `${room}: ${inside.length}`).join(', ');
}

/**
 * How many files one meets who follows an acceptance, counted on the running service from the request's first byte to its
 * answer. Those that the smallest read runs too carry every request; the others are the command.
 */
it('accepting a Task runs through few files', async () => {
  const beds = await referrals.offers('harbor-house', 'housing', []);
  const ownerId = await referrals.knows('ines.harbor');
  const made = await referrals.referral([['housing', beds]]);
  await referrals.allows(made.clientId, 'harbor-house', ['core-contact', 'stated-need']);
  const { taskId } = made.needs[0]?.tasks[0] as TaskView;
  const { version } = await referrals.send(taskId);
  await referrals.at.service.settle();

  await filesThatRan();
  expect((await referrals.ask('ines.harbor', 'reasons')).status).toBe(200);
  const ofEveryRequest = new Set(await filesThatRan());
  const { status } = await referrals.command('ines.harbor', `tasks/${taskId}/accept`, { ownerId }, version);
  const ran = await filesThatRan();
  expect(status).toBe(200);

  const inService = ran.filter((path) => path.startsWith('apps/'));
  const inLibs = ran.filter((path) => path.startsWith('libs/'));
  const ofCommand = inLibs.filter((path) => !ofEveryRequest.has(path));
  process.stdout.write(
    `accept: ${inService.length} files of the service (${byRoom(inService)}); of libs ${ofCommand.length} for the command ` +
      `(${byRoom(ofCommand)}) and ${inLibs.length - ofCommand.length} for every request\n`,
  );
  if (process.env.LIST_FILES !== undefined) process.stdout.write(`${ran.join('\n')}\n`);
  expect(inService.length).toBeLessThanOrEqual(38);
  expect(ofCommand.length).toBeLessThanOrEqual(45);
});
