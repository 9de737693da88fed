import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startEmbeddedPostgres, type EmbeddedPostgres } from '#persistence';

/** A server that one suite may stop and start: the others use another one. */
export interface OwnPostgres {
  /** The superuser's URL; the same for the server's whole life. */
  readonly adminUrl: string;
  /** Fast shutdown: every session ends, committed data stays. */
  stop(): Promise<void>;
  /** Restarts it at the same address. */
  start(): Promise<void>;
  /** Everything that the server has logged, over all its starts. */
  log(): string;
  close(): Promise<void>;
}

/** Without the fsyncs that only a power failure would need; `settings` are added. */
export async function ownPostgres(settings: Readonly<Record<string, string>> = {}): Promise<OwnPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'own-postgres-'));
  // PostgreSQL may run as another account (libs/persistence), which must be able to enter the folder.
  chmodSync(folder, 0o755);
  const port = await freePort(20_000 + Math.floor(Math.random() * 8_000));
  const open = (): Promise<EmbeddedPostgres> =>
    startEmbeddedPostgres({
      ...{ dataDir: join(folder, 'postgres'), port },
      settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', ...settings },
    });
  let server = await open();
  let earlier = '';
  const words = (): string => readFileSync(join(server.dataDir, 'postgres.log'), 'utf8');
  const stop = async (): Promise<void> => {
    await server.stop();
    // each start begins a new file
    earlier += words();
  };
  let runs = true;
  return {
    adminUrl: server.adminUrl,
    stop: async () => {
      runs = false;
      await stop();
    },
    start: async () => {
      server = await open();
      runs = true;
    },
    log: () => (runs ? earlier + words() : earlier),
    close: async () => {
      if (runs) await server.stop();
      for (const each of [folder, server.dataDir]) rmSync(each, { recursive: true, force: true });
    },
  };
}
