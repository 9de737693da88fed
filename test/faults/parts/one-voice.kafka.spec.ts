import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import { freePort } from '#persistence';
import { freshDatabase, provisionForTests, testKafka } from '#testing';
import { build, nodeInTree } from '../../started.ts';
import { testSecrets } from '../../deployment.ts';
import { until } from '../../stories/people.ts';

const kafka = await testKafka();
const root = fileURLToPath(new URL('../../..', import.meta.url));

// Skipped by name only if the machine has neither a broker, nor Docker, nor Java.
(kafka === undefined ? it.skip : it)(
  'a service with log level warn prints only lines of its own log at that level [F13]',
  async () => {
    await build();
    const { adminUrl, drop } = await freshDatabase();
    await provisionForTests(adminUrl, 'identity');
    const folder = mkdtempSync(join(tmpdir(), 'voice-'));
    const secretsFile = join(folder, 'secrets.json');
    writeFileSync(secretsFile, JSON.stringify(testSecrets()), { mode: 0o600 });
    const port = await freePort(20_000 + Math.floor(Math.random() * 8_000));
    const base = `http://127.0.0.1:${port}`;
    const child = spawn(nodeInTree, ['dist/apps/identity/src/main.js'], {
      cwd: root,
      env: {
        ...process.env,
        ...{ DATABASE_URL: adminUrl, SECRETS_FILE: secretsFile, ISSUER_URL: base, PORT: String(port), DEMO: '1' },
        // the second broker does not exist, so kafkajs logs errors
        ...{ KAFKA_BROKERS: `127.0.0.1:9,${kafka?.brokers.join(',')}`, HOST: '127.0.0.1', LOG_LEVEL: 'warn' },
        KAFKA_PREFIX: `t${randomBytes(6).toString('hex')}.`,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += String(chunk)));
    const ended = new Promise<void>((resolve) => void child.once('exit', () => resolve()));
    try {
      await until(
        () =>
          fetch(`${base}/api/identity/health/ready`).then(
            ({ status }) => status,
            () => 0,
          ),
        (status) => status === 200,
        90,
      );
    } finally {
      child.kill('SIGTERM');
      await ended;
      await drop();
      rmSync(folder, { recursive: true, force: true });
    }
    const lines = said.split('\n').filter((line) => line !== '');
    expect(lines.filter((line) => !(line.startsWith('{') && JSON.parse(line).level >= 40))).toEqual([]);
  },
  240_000,
);
