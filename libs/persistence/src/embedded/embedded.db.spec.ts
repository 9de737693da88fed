import { afterEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withClient } from '../schema/admin-client.ts';
import { freePort, startEmbeddedPostgres } from '../embedded.ts';
import type { EmbeddedPostgres } from '../embedded.ts';

const random = (): Promise<number> => freePort(20_000 + Math.floor(Math.random() * 10_000));
const settings = { fsync: 'off' };

describe('the embedded PostgreSQL', () => {
  const folder = mkdtempSync(join(tmpdir(), 'closed-loop-embedded-'));
  chmodSync(folder, 0o755);
  const dataDir = join(folder, 'data');
  const running: EmbeddedPostgres[] = [];
  const start = async (): Promise<EmbeddedPostgres> => {
    const server = await startEmbeddedPostgres({ dataDir, port: await random(), settings });
    running.push(server);
    return server;
  };
  afterEach(async () => {
    for (const server of running.splice(0)) await server.stop();
  });

  it('keeps its data from one start to the next', async () => {
    const first = await start();
    await withClient(first.adminUrl, (client) => client.query('create table kept as select 7 as n'));
    await first.stop();
    await expect(withClient(first.adminUrl, (client) => client.query('select'))).rejects.toThrow('not available');
    const second = await start();
    const { rows } = await withClient(second.adminUrl, (client) => client.query('select n from kept'));
    expect(rows).toEqual([{ n: 7 }]);
  });

  it('takes the next port if the preferred one is taken, and fails if the port was given', async () => {
    const first = await start();
    const port = Number(new URL(first.adminUrl).port);
    const beside = startEmbeddedPostgres({ dataDir: join(folder, 'beside'), port, settings });
    await expect(beside).rejects.toThrow(`port ${port} is taken`);
    expect(await freePort(port)).toBeGreaterThan(port);
  });

  it('ends with a process that died without stopping it, and a new start finds all data', async () => {
    const source = fileURLToPath(new URL('../embedded.ts', import.meta.url));
    const port = await random();
    const dying = spawn(process.execPath, [
      '--input-type=module',
      '--eval',
      `import { startEmbeddedPostgres } from ${JSON.stringify(source)};
       const server = await startEmbeddedPostgres(${JSON.stringify({ dataDir, port, settings })});
       console.log(server.adminUrl);
       setInterval(() => undefined, 1000);`,
    ]);
    const [line] = (await once(dying.stdout, 'data')) as [Buffer];
    dying.kill('SIGKILL');
    await once(dying, 'exit');
    const second = await start();
    expect(second.adminUrl).not.toBe(line.toString().trim());
    const { rows } = await withClient(second.adminUrl, (client) => client.query('select n from kept'));
    expect(rows).toEqual([{ n: 7 }]);
    await second.stop();
    rmSync(folder, { recursive: true, force: true });
  });
});
