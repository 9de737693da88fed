import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Cable, testCluster } from '#testing';
import { openDeployment, type TestDeployment } from '../../deployment.ts';
import { lagOf } from '../../stories/lag.ts';
import { Person, until, type Reply } from '../../stories/people.ts';
import { act, clientOf, inInbox, needBody, sent } from '../../stories/scene.ts';

const silentMs = 20_000;
/** The server's own limit for a statement is 10 s, ours slightly more; a queue for the pool is 5 s. */
const longestMs = 20_000;

interface Timed {
  readonly reply: Reply;
  readonly ms: number;
}

describe('the database becomes silent, like a host that is lost without a reset', () => {
  const cable = new Cable(new URL(testCluster().adminUrl));
  let deployment: TestDeployment;

  beforeAll(async () => {
    await cable.plugIn();
    const way = (straight: string): string => {
      const url = new URL(cable.url);
      url.pathname = new URL(straight).pathname;
      return url.href;
    };
    deployment = await openDeployment({ way });
  });

  afterAll(async () => {
    await deployment?.close();
    await cable.pullOut();
  });

  it('requests get 503 with Retry-After well within 30 s, and everything recovers once it answers again [F8]', async () => {
    const [dana, ines, nora] = ['dana.planner', 'ines.harbor', 'pat.operator'].map(
      (login) => new Person(deployment, login),
    );
    if (dana === undefined || ines === undefined || nora === undefined) return;
    const { taskId } = await sent(deployment);
    await inInbox(ines, taskId);
    await nora.signIn();

    // Given people in the middle of reads and commands of every service
    const refer = { client: clientOf(), priority: 'routine', needs: [needBody('housing', 'harbor-beds', [])] };
    const working = { on: true };
    const answers: Timed[] = [];
    const work = [
      keepsAsking(working, answers, () => dana.command('POST', '/api/referrals/referrals', refer)),
      keepsAsking(working, answers, () => dana.ask('GET', `/api/referrals/tasks/${taskId}`)),
      keepsAsking(working, answers, () => ines.ask('GET', '/api/coordination/inbox')),
      keepsAsking(working, answers, () => nora.ask('GET', '/api/consent/parked')),
      keepsAsking(working, answers, () => nora.ask('GET', '/api/directory/organizations')),
      keepsAsking(working, answers, () => nora.ask('GET', '/api/notifications/parked')),
    ];
    await pause(500);

    // When no data passes for 20 s
    cable.goSilent();
    const silentFrom = answers.length;
    await pause(silentMs);
    cable.speakAgain();
    const spokenAt = Date.now();

    // Then nobody waited long, and every answer said when to come back
    await until(
      () => Promise.resolve(answers.slice(-12)),
      (last) => last.length === 12 && last.every(({ reply }) => reply.status < 300),
      30,
    );
    const recovered = Date.now() - spokenAt;
    working.on = false;
    await Promise.all(work);
    const during = answers.slice(silentFrom);
    const refused = during.filter(({ reply }) => reply.status >= 300);
    expect(refused.length).toBeGreaterThanOrEqual(6);
    for (const { reply } of refused) {
      expect([reply.status, reply.headers.get('retry-after')]).toEqual([503, expect.stringMatching(/^\d+$/)]);
    }
    const longest = Math.max(...during.map(({ ms }) => ms));
    expect(longest).toBeLessThan(longestMs);

    // And the relays, the readers and the timers continue, although the old connections never answer again
    await act(ines, taskId, 'acknowledge', {});
    for (const service of ['referrals', 'consent', 'notifications', 'coordination']) {
      await until(
        () => lagOf(nora, service),
        ({ relay, groups }) => relay.oldestUnsentAt === null && groups?.every(({ lag }) => lag === 0) === true,
        40,
      );
    }
    await until(
      () => nora.ask('GET', '/health/ready'),
      ({ status }) => status === 200,
      40,
    );
    process.stdout.write(
      `silent for ${silentMs} ms: ${refused.length} answers of 503, the longest after ${longest} ms; served again ${recovered} ms and whole ${Date.now() - spokenAt} ms after it spoke\n`,
    );
  }, 180_000);
});

async function timed(ask: () => Promise<Reply>): Promise<Timed> {
  const begun = performance.now();
  const reply = await ask();
  return { reply, ms: Math.round(performance.now() - begun) };
}

async function keepsAsking(working: { on: boolean }, answers: Timed[], ask: () => Promise<Reply>): Promise<void> {
  while (working.on) {
    answers.push(await timed(ask));
    await pause(100);
  }
}
