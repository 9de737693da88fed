import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { openDeployment, type TestDeployment } from '../deployment.ts';

/** Runs the script as `npm run demo` does, against a platform at an address. */
function demo(address: string): Promise<{ readonly status: number | null; readonly words: string }> {
  const script = join(process.cwd(), 'apps/platform/bin/demo.mjs');
  const child = spawn(process.execPath, [script], { env: { ...process.env, PLATFORM_URL: address } });
  let words = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (words += chunk.toString()));
  return new Promise((resolve) => child.once('close', (status) => resolve({ status, words })));
}

describe('npm run demo', () => {
  let deployment: TestDeployment;

  beforeAll(async () => {
    deployment = await openDeployment();
  }, 120_000);
  afterAll(() => deployment.close());

  it.each(['the first time', 'again'])(
    'tells the whole story %s',
    async () => {
      const { status, words } = await demo(deployment.baseUrl);
      expect([status, words]).toEqual([0, expect.stringContaining('The loop is closed: closed-with-service.')]);
      expect(words).not.toContain('NO ');
      for (const step of [
        'declines: no bed is free',
        'asks the hospital a question',
        'nobody presses send again',
        'holds the discharge-summary',
      ]) {
        expect(words).toContain(step);
      }
    },
    120_000,
  );

  it('says in a sentence that no platform is running', async () => {
    const { status, words } = await demo('http://127.0.0.1:9');
    expect([status, words]).toEqual([1, expect.stringContaining('No platform answers at http://127.0.0.1:9.')]);
  });
});
