import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { LogLines, openLogFile } from './log-lines.ts';

const folder = mkdtempSync(join(tmpdir(), 'log-lines-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const linux = process.platform === 'linux' ? it : it.skip;

describe('The lines of a log', () => {
  it('are written whole and in their order', async () => {
    const file = join(folder, 'order.log');
    const log = openLogFile(file);
    const lines = Array.from({ length: 5_000 }, (_, n) => `${n} ${'é'.repeat(n % 90)}\n`);
    lines.forEach((line) => log.write(line));
    await log.close();
    expect(readFileSync(file, 'utf8')).toBe(lines.join(''));
  });

  linux('cost nothing but themselves where the disk is full [F9]', async () => {
    const full = openSync('/dev/full', 'w');
    const log = new LogLines(full, { most: 1_000, retryMs: 5 });
    for (let n = 0; n < 100; n += 1) log.write(`${'x'.repeat(99)}\n`);
    await new Promise((resolve) => setTimeout(resolve, 50));
    log.write('x\n');
    await log.end(50);
    closeSync(full);
  });

  linux('hold nobody up where the reader does not read, nor where it is gone [F9]', async () => {
    const reader = spawn('sleep', ['60'], { stdio: ['pipe', 'ignore', 'ignore'] });
    const { fd } = (reader.stdin as unknown as { _handle: { fd: number } })._handle;
    const log = new LogLines(fd, { most: 300_000, retryMs: 5 });
    const begun = performance.now();
    for (let n = 0; n < 20_000; n += 1) log.write(`${'x'.repeat(99)}\n`);
    expect(performance.now() - begun).toBeLessThan(500);
    await log.end(100);
    const gone = new LogLines(fd);
    reader.stdin.on('error', () => undefined);
    reader.kill('SIGKILL');
    await new Promise((resolve) => reader.once('exit', resolve));
    gone.write('nobody reads this\n');
    await gone.end(100);
  });

  it('say how many of them were lost', async () => {
    const file = join(folder, 'lost.log');
    const fd = openSync(file, 'a');
    const log = new LogLines(fd, { most: 100 });
    for (let n = 0; n < 20; n += 1) log.write(`${'x'.repeat(39)}\n`);
    await log.end();
    closeSync(fd);
    const [first, second, third] = readFileSync(file, 'utf8').trim().split('\n');
    expect([first, second]).toEqual(['x'.repeat(39), 'x'.repeat(39)]);
    expect(JSON.parse(third ?? '')).toMatchObject({ level: 40, lost: 18 });
  });
});
