import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Cable, freshDatabase, testCluster } from '#testing';
import { ServiceModule } from '../service-module.ts';
import { NoteController, NoteService, NoteTables1764000000001 } from '../testing/notes.ts';
import { openAlone, type ServedAlone } from './serve.ts';

/** Has its own name, because its passwords differ from those of the other specs, and roles belong to the whole cluster. */
@ServiceModule({
  name: 'waits',
  migrations: [NoteTables1764000000001],
  controllers: [NoteController],
  providers: [NoteService],
})
class WaitsModule {}

const port = 10_000 + Math.floor(Math.random() * 10_000);
const at = `http://127.0.0.1:${port}`;
const name = 'waits';

describe('A service whose database is unavailable when it starts', () => {
  const cable = new Cable(new URL(testCluster().adminUrl));
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  const environment = (url: URL): Record<string, string> => ({
    DATABASE_URL: url.href,
    PLATFORM_SECRET: 'a secret of thirty-two characters or more',
    ISSUER_URL: 'http://127.0.0.1:9',
    HOST: '127.0.0.1',
    PORT: String(port),
    LOG_LEVEL: 'silent',
  });
  const byCable = (): URL => {
    const url = new URL(cable.url);
    url.pathname = new URL(database.adminUrl).pathname;
    return url;
  };

  beforeAll(async () => {
    database = await freshDatabase();
    await cable.plugIn();
    await cable.pullOut();
  });
  afterAll(async () => {
    await database.drop();
    await cable.pullOut();
  });

  it('waits, alive and not ready, says why, and starts by itself when the database is available [F3]', async () => {
    const starting = openAlone(WaitsModule, environment(byCable()));
    let started: ServedAlone | undefined;
    void starting.then((alone) => (started = alone));
    const ready = async (): Promise<{ readonly status: number; readonly text: string }> => {
      const answer = await fetch(`${at}/api/${name}/health/ready`).catch(() => undefined);
      return { status: answer?.status ?? 0, text: (await answer?.text()) ?? '' };
    };
    let answer = await ready();
    while (!answer.text.includes('waiting')) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      answer = await ready();
    }
    expect([answer.status, JSON.parse(answer.text)]).toEqual([
      503,
      {
        status: 'not-ready',
        service: name,
        checks: { process: { ready: false, detail: 'waiting for the database (ECONNREFUSED)' } },
      },
    ]);
    expect((await fetch(`${at}/health/live`)).status).toBe(200);
    const refused = await fetch(`${at}/api/${name}/notes`);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await refused.json()).toMatchObject({ type: 'urn:problem:unavailable' });
    expect(started).toBeUndefined();

    await cable.plugIn();
    const alone = await starting;
    expect((await ready()).status).toBe(200);
    await alone.close();
  });

  it('does not wait for a fault that waiting cannot fix, such as a wrong password [F3]', async () => {
    const url = new URL(database.adminUrl);
    url.password = 'another';
    await expect(openAlone(WaitsModule, environment(url))).rejects.toThrow(/password authentication failed/);
    await expect(fetch(`${at}/health/live`)).rejects.toThrow();
  });
});
