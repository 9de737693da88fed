import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDeployment, type TestDeployment } from '../../deployment.ts';

const folder = join(process.cwd(), 'examples/curl');
/** Read by each of the others, and run with them. */
const read = 'state.sh';

/** The expected end of each file; a file that is missing here is an example that nobody tests. */
const said: Readonly<Record<string, string>> = {
  '01-sign-in.sh': 'signed in: dana.planner, ines.harbor, cora.coordinator, olga.privacy',
  '02-refer.sh': 'referred: the Task of the need for housing is draft',
  '03-consent.sh': 'consent recorded: it is active',
  '04-send.sh': 'sent: the Task is sent, and waits for the agency',
  '05-inbox-and-accept.sh': 'accepted: the Task is accepted',
  '06-open-packet.sh': 'the stated need: Leaves hospital on Friday and has nowhere to live.',
  '07-complete.sh': 'completed: the Task is completed, the outcome is housed',
  '08-ledger.sh': '  opened',
  '09-timeline.sh': 'the loop is closed: closed-with-service',
};

interface Ended {
  readonly status: number | null;
  readonly words: string;
}

describe('the examples by curl', () => {
  let deployment: TestDeployment;
  const state = mkdtempSync(join(tmpdir(), 'curl-state-'));

  beforeAll(async () => {
    deployment = await openDeployment();
  }, 120_000);
  afterAll(async () => {
    await deployment.close();
    rmSync(state, { recursive: true });
  });

  function run(file: string, o: { readonly base?: string; readonly state?: string } = {}): Promise<Ended> {
    const child = spawn('sh', ['-e', join(folder, file)], {
      env: { PATH: process.env['PATH'], BASE: o.base ?? deployment.baseUrl, STATE: o.state ?? state },
    });
    let words = '';
    for (const out of [child.stdout, child.stderr]) out.on('data', (chunk: Buffer) => (words += chunk.toString()));
    return new Promise((resolve) => child.once('close', (status) => resolve({ status, words })));
  }
  const known = (name: string): string | undefined =>
    [...readFileSync(join(state, 'known.sh'), 'utf8').matchAll(new RegExp(`^${name}='(.*)'$`, 'gm'))].at(-1)?.[1];

  it('are all run here, in the order of their numbers', () => {
    expect(readdirSync(folder).filter((file) => file !== read && file !== '.state')).toEqual(Object.keys(said));
  });

  it('carry one referral from the sign-in to its closing', async () => {
    for (const [file, last] of Object.entries(said)) {
      const { status, words } = await run(file);
      expect([file, status, words.trimEnd().split('\n').at(-1)]).toEqual([file, 0, expect.stringContaining(last)]);
    }
  }, 60_000);

  it('can be run again: each command takes effect once', async () => {
    const before = known('REFERRAL_ID');
    expect(await run('02-refer.sh')).toEqual({ status: 0, words: expect.stringContaining('is draft') });
    expect(known('REFERRAL_ID')).toBe(before);
  });

  it('leave no client data on the disk, and none in a URL', () => {
    const client = /Marta|Reyes|1984-05-06|\+15550100|nowhere to live/;
    for (const file of readdirSync(state)) {
      expect([file, readFileSync(join(state, file), 'utf8')]).toEqual([file, expect.not.stringMatching(client)]);
    }
    for (const file of Object.keys(said)) {
      const addresses = readFileSync(join(folder, file), 'utf8').match(/"\$BASE[^"]*"/g) ?? [];
      expect([file, addresses.join('\n')]).toEqual([file, expect.not.stringMatching(client)]);
      expect(addresses.length).toBeGreaterThan(0);
    }
  });

  it('that are refused end with the message of the platform', async () => {
    appendFileSync(join(state, 'known.sh'), "RUN='another-key'\n");
    const { status, words } = await run('04-send.sh');
    expect([status, words]).toEqual([1, expect.stringContaining('04-send.sh was stopped. 409: ')]);
    expect(words).toContain('urn:problem:illegal-move');
  });

  it('that run too early name the file to run before', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'curl-state-'));
    const { status, words } = await run('04-send.sh', { state: empty });
    expect([status === 0, words]).toEqual([false, expect.stringContaining('run 03-consent.sh first')]);
    rmSync(empty, { recursive: true });
  });

  it('without a platform say how to start one', async () => {
    const { status, words } = await run('01-sign-in.sh', { base: 'http://127.0.0.1:9' });
    expect([status, words]).toEqual([
      1,
      expect.stringContaining('nobody answers at http://127.0.0.1:9. Start the platform with npm start'),
    ]);
  });
});
