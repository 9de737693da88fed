import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { dataDir } from '../setup/running.mjs';
import { CommandError } from '../setup/words.mjs';

/** Rows and events of the embedded database of DATA_DIR, read only, by the role that the service itself has. */
export function databaseOf() {
  const clients = new Map();
  // one after the other: at a prompt somebody may ask again before the first answer
  let last = Promise.resolve();
  const rows = (service, scope, text, values) => {
    const asked = last.then(async () => {
      if (!clients.has(service)) clients.set(service, await connected(service));
      return rowsIn(clients.get(service), scope, text, values);
    });
    last = asked.catch(() => undefined);
    return asked;
  };
  return {
    rows,
    // the event log belongs to no person
    events: (service, key) => rows(service, { 'app.scope': 'system', 'app.key': key }, ofStream, [key]),
    close: async () => {
      await last;
      await Promise.all([...clients.values()].map((each) => each.end()));
    },
  };
}

const ofStream =
  'select stream_version, type, at, actor_role, data from event where stream_key = $1 order by stream_version';

async function rowsIn(client, scope, text, values) {
  await client.query('begin transaction read only');
  try {
    for (const [name, value] of Object.entries(scope))
      await client.query('select set_config($1, $2, true)', [name, value]);
    return (await client.query(text, values)).rows;
  } finally {
    await client.query('rollback');
  }
}

async function connected(service) {
  const { Client } = createRequire(import.meta.url)('pg');
  const password = secrets()[service]?.app;
  if (password === undefined) throw new CommandError(`there is no service "${service}"`);
  const client = new Client({
    host: '127.0.0.1',
    port: portOf(),
    user: `${service}_app`,
    password,
    database: 'postgres',
    options: `-c search_path=${service} -c timezone=UTC`,
  });
  await client.connect();
  return client;
}

function secrets() {
  const file = join(dataDir, 'secrets.json');
  if (process.env.DATABASE_URL !== undefined || !existsSync(file))
    throw new CommandError('rows and events are of the embedded database; on your own use psql (docs/operate.md §14)');
  return JSON.parse(readFileSync(file, 'utf8')).rolePasswords;
}

/** PostgreSQL writes it in the fourth line of its lock file. */
function portOf() {
  const folder = join(dataDir, 'postgres');
  const moved = join(folder, 'moved-to');
  const cluster = join(existsSync(moved) ? readFileSync(moved, 'utf8').trim() : folder, 'cluster');
  return Number(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[3]);
}
