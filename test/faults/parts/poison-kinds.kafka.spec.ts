import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import kafkajs from 'kafkajs';
import type { IHeaders, Message, Producer } from 'kafkajs';
import { kafkaTransport } from '#events';
import { testKafka } from '#testing';
import { openDeployment, type TestDeployment } from '../../deployment.ts';
import { Person, until } from '../../stories/people.ts';
import { consented, drafted, open, sent, task } from '../../stories/scene.ts';

interface ParkedRow {
  readonly parkedId: string;
  readonly eventId: string | null;
  readonly key: string;
  readonly waitingBehind: number;
}
interface Items<T> {
  readonly items: readonly T[];
}

const type = 'consent.permission.changed';
const good = (clientId: string): IHeaders => ({
  'content-type': 'application/json',
  ce_specversion: '1.0',
  ce_id: randomUUID(),
  ce_type: type,
  ce_source: '/consent',
  ce_time: new Date().toISOString(),
  ce_subject: `client/${clientId}`,
  ce_dataschema: `urn:schema:${type}:1`,
  ce_partitionkey: clientId,
  ce_streamversion: '999',
  ce_actorrole: 'system',
  ce_correlationid: randomUUID(),
});
const without = (headers: IHeaders, name: string): IHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([each]) => each !== name));
const value = JSON.stringify({ clientId: 'not an id' });

/** Each is an unreadable message in the stream of this client. */
const kinds: readonly [string, (clientId: string) => Message][] = [
  ['garbage', (key) => ({ key, value: '{"broken":', headers: good(key) })],
  ['no JSON object', (key) => ({ key, value: '[1]', headers: good(key) })],
  ['fields of another event', (key) => ({ key, value, headers: good(key) })],
  ['no headers', (key) => ({ key, value })],
  ['no type', (key) => ({ key, value, headers: without(good(key), 'ce_type') })],
  ['a null value', (key) => ({ key, value: null, headers: good(key) })],
  ['900 KB', (key) => ({ key, value: `{"a":"${'x'.repeat(900_000)}"}`, headers: good(key) })],
  ['version 0', (key) => ({ key, value, headers: { ...good(key), ce_streamversion: '0' } })],
  ['a version too far', (key) => ({ key, value, headers: { ...good(key), ce_streamversion: '99999999999' } })],
  ['a wrong id', (key) => ({ key, value, headers: { ...good(key), ce_id: 'x' } })],
  [
    'a wrong schema version',
    (key) => ({ key, value, headers: { ...good(key), ce_dataschema: `urn:schema:${type}:99` } }),
  ],
  ['headers twice', (key) => ({ key, value, headers: { ...good(key), ce_id: [randomUUID(), randomUUID()] } })],
  ['not UTF-8', (key) => ({ key, value: Buffer.from([0x7b, 0xff, 0xfe, 0x00, 0x7d]), headers: good(key) })],
  ['the key of another', (key) => ({ key, value, headers: { ...good(key), ce_partitionkey: randomUUID() } })],
];

const kafka = await testKafka();
const suite = kafka === undefined ? describe.skip : describe;

// Skipped by name only if the machine has neither a broker, nor Docker, nor Java.
suite('an unreadable message', () => {
  const brokers = [...(kafka?.brokers ?? [])];
  const prefix = `t${randomBytes(6).toString('hex')}.`;
  let deployment: TestDeployment;
  let producer: Producer;
  let dana: Person;
  let nora: Person;

  beforeAll(async () => {
    deployment = await openDeployment({ transport: () => kafkaTransport({ brokers, prefix }) });
    [dana, nora] = [new Person(deployment, 'dana.planner'), new Person(deployment, 'pat.operator')];
    producer = new kafkajs.Kafka({ brokers, logLevel: kafkajs.logLevel.NOTHING }).producer();
    await producer.connect();
  }, 240_000);

  afterAll(async () => {
    await producer?.disconnect();
    await deployment?.close();
  }, 60_000);

  const poison = (message: Message): Promise<unknown> =>
    producer.send({ topic: `${prefix}consent.events`, messages: [message] });
  const parkedOf = async (service: string, key: string): Promise<readonly ParkedRow[]> => {
    const { items } = await nora.get<Items<ParkedRow>>(`/api/${service}/parked?limit=100`);
    return items.filter((row) => row.key.startsWith(key));
  };
  /** Discards until nothing of the key is parked in this service. Returns how many were discarded. */
  const discardAll = async (service: string, key: string): Promise<number> => {
    for (let discarded = 0; ; discarded += 1) {
      const [head] = await parkedOf(service, key);
      if (head === undefined) return discarded;
      await nora.post(`/api/${service}/parked/${head.parkedId}/discard`, { reason: 'unreadable' });
      // the events behind it are read, or the next one can be discarded
      await until(
        () => parkedOf(service, key),
        (rows) => rows.every((row) => row.waitingBehind === 0),
      );
    }
  };
  const send = async (taskId: string): Promise<number> => {
    const { version } = await task(dana, taskId);
    return (await dana.command('POST', `/api/referrals/tasks/${taskId}/send`, {}, version)).status;
  };

  it('blocks only its client; after a person discards it, the client can be referred again [F7]', async () => {
    // Given a client for each kind, whose consent is known
    const struck: {
      readonly kind: string;
      readonly taskId: string;
      readonly clientId: string;
      readonly message: Message;
    }[] = [];
    for (const [kind, messageOf] of kinds) {
      const { taskId, clientId } = await drafted(deployment, 'housing', 'harbor-beds');
      await consented(deployment, clientId, ['harbor-house']);
      struck.push({ kind, taskId, clientId, message: messageOf(clientId) });
    }
    await deployment.settle();
    for (const { message } of struck) await poison(message);
    for (const { kind, clientId } of struck) {
      const rows = await until(
        () => parkedOf('referrals', clientId),
        ({ length }) => length > 0,
      );
      expect([kind, rows.length > 0]).toEqual([kind, true]);
    }
    // Then no wrong permission results, and other clients continue
    for (const { kind, taskId } of struck) expect([kind, await send(taskId)]).toEqual([kind, 503]);
    await sent(deployment);
    // When the operator discards each
    for (const { kind, clientId } of struck) {
      expect([kind, await discardAll('referrals', clientId)]).toEqual([kind, expect.any(Number)]);
    }
    // Then all can be referred again, and the list shows who discarded what
    for (const { kind, taskId } of struck) expect([kind, await send(taskId)]).toEqual([kind, 200]);
    const { items } = await nora.get<Items<{ readonly key: string; readonly reason: string }>>(
      '/api/referrals/parked/discarded?limit=100',
    );
    for (const { kind, clientId } of struck) {
      expect([kind, items.find(({ key }) => key === clientId)?.reason]).toEqual([kind, 'unreadable']);
    }
  }, 240_000);

  it('holds back a revocation behind it only until it is discarded, and nothing is disclosed meanwhile [F7]', async () => {
    const { taskId, clientId, consentId, consentVersion } = await sent(deployment);
    const ines = new Person(deployment, 'ines.harbor');
    await open(ines, taskId);
    await poison({ key: clientId, value: '{"broken":', headers: good(clientId) });
    await until(
      () => parkedOf('referrals', clientId),
      ({ length }) => length > 0,
    );
    await dana.post(
      `/api/consent/consents/${consentId}/revoke`,
      { method: 'verbal-attestation', receivedAt: new Date(Date.now() - 1_000).toISOString() },
      consentVersion,
    );
    await until(
      () => parkedOf('referrals', clientId),
      (rows) => rows.some((row) => row.waitingBehind > 0),
    );
    const packet = async (): Promise<number> =>
      (await ines.ask('POST', `/api/referrals/tasks/${taskId}/packet`, { purpose: 'care-coordination' })).status;
    expect(await packet()).toBe(503);
    await discardAll('referrals', clientId);
    await until(packet, (status) => status === 404);
  }, 120_000);

  it('without a key holds nothing back, and can be discarded too [F7]', async () => {
    await poison({ key: null, value, headers: without(good(randomUUID()), 'ce_partitionkey') });
    const [row] = await until(
      () => parkedOf('referrals', 'consent.events/'),
      ({ length }) => length > 0,
    );
    expect(row).toMatchObject({ waitingBehind: 0 });
    expect(await discardAll('referrals', 'consent.events/')).toBeGreaterThan(0);
    await sent(deployment);
  }, 60_000);
});
