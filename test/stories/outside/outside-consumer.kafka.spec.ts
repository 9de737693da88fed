import { randomBytes } from 'node:crypto';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { kafkaTransport } from '#events';
import { testKafka } from '#testing';
import { openDeployment, type TestDeployment } from '../../deployment.ts';
import { Person, until } from '../people.ts';
import { act, canaryNames, sent } from '../scene.ts';
import { everythingIn } from './stranger.ts';

const folder = join(process.cwd(), 'examples/consumer');
const file = join(folder, 'events.mjs');
type Headers = Readonly<Record<string, string>>;

it('an outside consumer is at most 30 lines, and needs nothing but kafkajs', () => {
  const text = readFileSync(file, 'utf8');
  expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(30);
  expect([...text.matchAll(/from '([^']+)'/g)].map(([, name]) => name)).toEqual(['kafkajs']);
  const versions = ['package.json', join(folder, 'package.json')].map(
    (each) => (JSON.parse(readFileSync(each, 'utf8')) as { dependencies: Headers }).dependencies,
  );
  expect(versions[1]).toEqual({ kafkajs: versions[0]?.['kafkajs'] });
});

const kafka = await testKafka();
const suite = kafka === undefined ? describe.skip : describe;

// Skipped by name only if the machine has neither a broker, nor Docker, nor Java.
suite('from outside, on real Kafka', () => {
  const brokers = [...(kafka?.brokers ?? [])];
  const prefix = `outside-${randomBytes(4).toString('hex')}-`;
  const topic = `${prefix}referrals.events`;
  let deployment: TestDeployment;
  let referralId: string;
  let taskId: string;

  beforeAll(async () => {
    deployment = await openDeployment({ transport: () => kafkaTransport({ brokers, prefix }) });
    ({ referralId, taskId } = await sent(deployment));
    await deployment.settle();
  }, 120_000);
  afterAll(() => deployment.close(), 60_000);

  it('the example prints the events of a referral in order, and ends with Ctrl-C', async () => {
    expect(await printedUntil('referral.task.delivered')).toEqual([
      `referral.created referral/${referralId} 1`,
      expect.stringMatching(/^referral\.need\.added service-request\/[0-9a-f-]{36} 2$/),
      `referral.task.drafted task/${taskId} 3`,
      // the agency's, and the coordinating body's
      `referral.access.granted task/${taskId} 4`,
      `referral.access.granted task/${taskId} 5`,
      `referral.task.sent task/${taskId} 6`,
      `referral.task.delivered task/${taskId} 7`,
    ]);
  }, 60_000);

  it('continues from there after a restart', async () => {
    await act(new Person(deployment, 'ines.harbor'), taskId, 'acknowledge', {});
    await deployment.settle();
    expect(await printedUntil('referral.task.received')).toEqual([`referral.task.received task/${taskId} 8`]);
  }, 60_000);

  /**
   * Runs the example until it printed an event of that type, then ends it with Ctrl-C; returns its lines without the
   * times.
   */
  async function printedUntil(type: string): Promise<readonly string[]> {
    const consumer = spawn(process.execPath, [file], {
      env: { PATH: process.env['PATH'], BROKERS: brokers.join(','), TOPIC: topic, GROUP: `${prefix}printing` },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let words = '';
    consumer.stdout.on('data', (chunk: Buffer) => (words += chunk.toString()));
    const printed = until(
      () => Promise.resolve(words),
      () => words.includes(type),
    );
    await printed.finally(() => consumer.kill('SIGINT'));
    expect(await ended(consumer)).toBe(0);
    for (const name of Object.values(canaryNames)) expect(words).not.toContain(name);
    const lines = words
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' '));
    expect(lines.filter(([time = '']) => !/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(time))).toEqual([]);
    return lines.map(([, ...rest]) => rest.join(' '));
  }

  it('each message describes itself in CloudEvents headers, for any reader', async () => {
    const found = withKcat() ? byKcat(brokers, topic) : await byKafkajs(brokers, topic);
    expect(found.length).toBeGreaterThan(4);
    for (const headers of found) {
      expect(headers).toMatchObject({
        'content-type': 'application/json',
        ce_specversion: '1.0',
        ce_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        ce_type: expect.stringMatching(/^referral\.[a-z.-]+$/),
        ce_source: '/referrals',
        ce_time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        ce_dataschema: `urn:schema:${headers['ce_type']}:1`,
        ce_partitionkey: referralId,
        ce_streamversion: expect.stringMatching(/^\d+$/),
      });
    }
    expect(new Set(found.map((headers) => headers['ce_id'])).size).toBe(found.length);
  }, 60_000);
});

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) resolve(child.exitCode);
    else child.once('close', resolve);
  });
}

/** Debian's `kcat`: librdkafka, without our code and kafkajs. */
function withKcat(): boolean {
  const there = spawnSync('kcat', ['-V']).status === 0;
  if (!there) process.stderr.write('kcat is not on the PATH: kafkajs reads in its place\n');
  return there;
}

function byKcat(brokers: readonly string[], topic: string): readonly Headers[] {
  const args = ['-b', brokers.join(','), '-t', topic, '-C', '-e', '-q', '-f', '%h\n'];
  const { status, stdout, stderr } = spawnSync('kcat', args, { encoding: 'utf8', timeout: 30_000 });
  expect([status, stderr]).toEqual([0, '']);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => Object.fromEntries(line.split(',').map((pair) => pair.split(/=(.*)/s).slice(0, 2))) as Headers);
}

async function byKafkajs(brokers: readonly string[], topic: string): Promise<readonly Headers[]> {
  return (await everythingIn(brokers, topic)).records.map(({ headers }) => headers);
}
