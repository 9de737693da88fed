import { spawnSync } from 'node:child_process';
import { chmodSync, closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openLaptop, type Laptop } from '../../laptop.ts';
import { Person, until, type Reply } from '../../stories/people.ts';
import { clientOf, inInbox, needBody, sent } from '../../stories/scene.ts';

/** A disk of its own with just enough room for a whole platform. Undefined if we may not create one. */
function smallDisk(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'small-disk-'));
  const made = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=250m,mode=755', 'tmpfs', folder], { encoding: 'utf8' });
  if (made.status === 0) return folder;
  rmSync(folder, { recursive: true });
  process.stderr.write(
    `\nSKIPPED: the disk that gets full: no file system may be mounted here (${made.stderr.trim()})\n\n`,
  );
  return undefined;
}

const disk = smallDisk();
const onDisk = disk === undefined ? it.skip : it;

describe('the platform with the embedded PostgreSQL', () => {
  const folder = disk ?? mkdtempSync(join(tmpdir(), 'laptop-'));
  const dataDir = join(folder, 'data');
  const refer = { client: clientOf(), priority: 'routine', needs: [needBody('housing', 'harbor-beds', [])] };
  let laptop: Laptop;
  let dana: Person;

  beforeAll(async () => {
    chmodSync(folder, 0o755);
    laptop = await openLaptop(dataDir, { LOG_LEVEL: 'debug', REQUESTS_PER_MINUTE: '0' });
    dana = new Person(laptop, 'dana.planner');
    await serves();
  }, 180_000);

  afterAll(async () => {
    if (laptop !== undefined && laptop.process.exitCode !== null) process.stderr.write(laptop.said());
    await laptop?.stop();
    if (disk !== undefined) spawnSync('umount', [folder]);
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  const command = (): Promise<Reply> => dana.command('POST', '/api/referrals/referrals', refer);
  const serves = (): Promise<Reply> => until(command, ({ status }) => status === 201, 60);
  /** Every answer is either good or says when to come back. */
  const expectLater = ({ status, headers }: Reply): void => {
    if (status !== 201) expect([status, headers.get('retry-after')]).toEqual([503, expect.stringMatching(/^\d+$/)]);
  };

  it('restarts it after a kill, says so, and serves [F10]', async () => {
    for (const kill of [1, 2, 3, 4]) {
      const killed = laptop.postmaster();
      process.kill(killed, 'SIGKILL');
      const begun = Date.now();
      while (Date.now() - begun < 500) expectLater(await command());
      await serves();
      process.stdout.write(`PostgreSQL killed (${kill}): served again after ${Date.now() - begun} ms\n`);
      expect(laptop.postmaster()).not.toBe(killed);
    }
    expect(laptop.said()).toMatch(/PostgreSQL ended unexpectedly; starting it again/);
    // it serves again a moment before it says so
    await until(
      () => Promise.resolve(laptop.said().match(/PostgreSQL is up again/g)?.length),
      (times) => times === 4,
    );
    // And events continue between the services
    await inInbox(new Person(laptop, 'ines.harbor'), (await sent(laptop)).taskId);
    expect(laptop.process.exitCode).toBeNull();
  }, 120_000);

  onDisk(
    'answers 503 with Retry-After while the disk is full, and goes on by itself [F9]',
    async () => {
      // Given a full disk, while people work and the log is long
      const filler = join(folder, 'filler');
      const answers: Reply[] = [];
      const full = Date.now();
      let filled = false;
      while (answers.filter(({ status }) => status === 503).length < 20 && Date.now() - full < 60_000) {
        if (!filled) filled = fill(filler);
        answers.push(await command());
      }
      answers.forEach(expectLater);
      expect(answers.filter(({ status }) => status === 503).length).toBeGreaterThanOrEqual(20);
      expect(laptop.process.exitCode).toBeNull();
      fill(filler);
      await pause(3_000);
      expectLater(await command());
      expect((await fetch(`${laptop.baseOf('/')}/health/live`)).status).toBe(200);

      // When there is space again
      rmSync(filler);
      const freed = Date.now();
      await serves();
      await inInbox(new Person(laptop, 'ines.harbor'), (await sent(laptop)).taskId);
      process.stdout.write(`the disk was full for ${freed - full} ms; served again ${Date.now() - freed} ms after\n`);
      // Then the same process continues, and its log too
      expect(laptop.process.exitCode).toBeNull();
      await until(
        () => Promise.resolve(readFileSync(join(dataDir, 'platform.log'), 'utf8')),
        (log) => Date.parse(/"time":"([^"]+)"/.exec(log.trim().split('\n').at(-1) ?? '')?.[1] ?? '') > freed,
      );
    },
    180_000,
  );
});

/** Writes until the disk is full. */
function fill(file: string): boolean {
  const fd = openSync(file, 'a');
  for (const size of [1 << 20, 4096, 1]) writeUntilFull(fd, Buffer.alloc(size));
  closeSync(fd);
  return true;
}

function writeUntilFull(fd: number, zeros: Buffer): void {
  try {
    while (writeSync(fd, zeros) > 0);
  } catch {
    // a block of this size no longer fits
  }
}
