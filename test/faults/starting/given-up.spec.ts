import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '#persistence';
import { Cable, testCluster } from '#testing';
import { build, startProgram, type Started } from '../../started.ts';
import { until } from '../../stories/people.ts';

/** A supervisor kills after 10 s (Docker) or 30 s (systemd); a person at a terminal does not wait that long. */
const promptlyMs = 3_000;

describe('a program that waits for its database and is asked to stop', () => {
  const folder = mkdtempSync(join(tmpdir(), 'given-up-'));
  const cable = new Cable(new URL(testCluster().adminUrl));

  beforeAll(async () => {
    await build();
    await cable.plugIn();
    cable.goSilent();
  }, 60_000);

  afterAll(async () => {
    await cable.pullOut();
    rmSync(folder, { recursive: true, force: true });
  });

  const nobody = 'postgres://postgres:secret@127.0.0.1:9/postgres';
  const starts = async (app: string, url: string): Promise<{ readonly program: Started; readonly port: number }> => {
    const port = await freePort(20_000 + Math.floor(Math.random() * 8_000));
    const address = `http://127.0.0.1:${port}`;
    const program = startProgram(app, {
      ...{ DATABASE_URL: url, PLATFORM_SECRET: 'a secret of thirty-two characters or more', DATA_DIR: folder },
      ...{ ISSUER_URL: address, PORT: String(port), HOST: '127.0.0.1', LOG_LEVEL: 'warn', GIVEN_UP_TEST: folder },
    });
    return { program, port };
  };
  const answers = (port: number): Promise<number> =>
    fetch(`http://127.0.0.1:${port}/health/live`).then(
      ({ status }) => status,
      () => 0,
    );

  /** Ends it, and checks that nothing of it is left. */
  async function endsPromptly({ program, port }: Awaited<ReturnType<typeof starts>>): Promise<void> {
    const asked = performance.now();
    const exit = await program.stop('SIGTERM');
    const ms = Math.round(performance.now() - asked);
    process.stdout.write(`asked to stop while it waited: ended after ${ms} ms\n`);
    expect([exit, program.said()]).toEqual([
      { code: 0, signal: null },
      expect.stringContaining('nothing is left running'),
    ]);
    expect(ms).toBeLessThan(promptlyMs);
    expect(await answers(port)).toBe(0);
    expect(runningOf(folder)).toEqual([]);
  }

  it('says what it waits for, and ends promptly with a clear message [F3]', async () => {
    const started = await starts('referrals', nobody);
    await until(
      () => Promise.resolve(started.program.said()),
      (said) => said.includes('waiting for the database (ECONNREFUSED)'),
    );
    await endsPromptly(started);
  });

  it('ends promptly even if the database host is silent [F3]', async () => {
    const started = await starts('platform', cable.url);
    await until(
      () => answers(started.port),
      (status) => status !== 0,
    );
    await endsPromptly(started);
  });
});

/** Processes with this folder in their environment. */
function runningOf(folder: string): readonly string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => environmentOf(pid).includes(`GIVEN_UP_TEST=${folder}`));
}

function environmentOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8');
  } catch {
    // it has ended meanwhile, or belongs to another account
    return '';
  }
}
