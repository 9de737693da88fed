import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConfigFault } from '../config/read-config.ts';
import { freshDatabase } from '#testing';
import { ServiceModule } from '../service-module.ts';
import { NoteController, NoteService, NoteTables1764000000001 } from '../testing/notes.ts';
import { openAlone } from './serve.ts';

/** Has its own name, because its passwords differ from those of the other specs, and roles belong to the whole cluster. */
@ServiceModule({
  name: 'memos',
  migrations: [NoteTables1764000000001],
  controllers: [NoteController],
  providers: [NoteService],
})
class MemosModule {}

let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

const port = 10_000 + Math.floor(Math.random() * 10_000);
const environment = (): Record<string, string> => ({
  DATABASE_URL: database.adminUrl,
  PLATFORM_SECRET: 'a secret of thirty-two characters or more',
  ISSUER_URL: 'http://127.0.0.1:9',
  HOST: '127.0.0.1',
  PORT: String(port),
  LOG_LEVEL: 'silent',
});

/** Ready once its reader has its partitions. */
async function becomesReady(): Promise<number> {
  const ask = async (): Promise<number> => (await fetch(`http://127.0.0.1:${port}/api/memos/health/ready`)).status;
  let status = await ask();
  for (let tries = 0; tries < 50 && status === 503; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    status = await ask();
  }
  return status;
}

describe('A service in a process of its own', () => {
  it('does not start with an invalid environment, and names all faults together', async () => {
    const wrong = { ...environment(), PORT: 'x', LOG_LEVEL: 'loud', ISSUER_URL: 'nowhere' };
    const refused = openAlone(MemosModule, wrong);
    await expect(refused).rejects.toBeInstanceOf(ConfigFault);
    await expect(refused).rejects.toMatchObject({ faults: { length: 3 } });
  });

  it('creates its database, listens, and stops so that it can start again', async () => {
    for (let times = 0; times < 2; times += 1) {
      const alone = await openAlone(MemosModule, environment());
      const live = await fetch(`http://127.0.0.1:${port}/health/live`);
      expect(await live.json()).toEqual({ status: 'live', service: 'memos' });
      expect(await becomesReady()).toBe(200);
      await alone.close();
      await expect(fetch(`http://127.0.0.1:${port}/health/live`)).rejects.toThrow();
    }
  });

  it('says when its port is taken, with everything closed again', async () => {
    const first = await openAlone(MemosModule, environment());
    await expect(openAlone(MemosModule, environment())).rejects.toThrow(/EADDRINUSE/);
    await first.close();
  });
});
