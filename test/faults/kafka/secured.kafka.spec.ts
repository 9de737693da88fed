import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import kafkajs from 'kafkajs';
import type { AclEntry, Admin, Kafka } from 'kafkajs';
import { kafkaTransport, type Transport } from '#events';
import { KafkaConfig, kafkaSettings, readConfig } from '#service';
import { securedKafka } from '#testing';
import { services } from '../../../apps/platform/src/services.ts';
import { kafkaRights, topicsRead, type KafkaRights } from '../../contracts/diagrams/kafka-rights.ts';
import { openDeployment, type TestDeployment } from '../../deployment.ts';
import { until } from '../../stories/people.ts';
import { sent } from '../../stories/scene.ts';
import { readyOf } from './kafka-deployment.ts';

const names = services.map(({ name }) => name);
/** kafkajs reports the second error if the cluster does not even name the group's coordinator. */
const refused = /not authorized|Failed to find group coordinator/i;
const passwordOf = (name: string): string => `secret-of-${name}`;
const prefix = 'secured.';
const kafka = await securedKafka(Object.fromEntries([...names, 'stranger'].map((name) => [name, passwordOf(name)])));
const suite = kafka === undefined ? describe.skip : describe;

// Skipped by name only if the machine has no Java to run its own broker.
suite('A cluster that requires TLS and a login, and allows each service what the document says', () => {
  const folder = mkdtempSync(join(tmpdir(), 'secured-kafka-'));
  let deployment: TestDeployment;
  let admin: Admin;

  const login = (username: string, password = passwordOf(username)): Kafka =>
    new kafkajs.Kafka({
      brokers: [...(kafka?.brokers ?? [])],
      logLevel: kafkajs.logLevel.NOTHING,
      ssl: { ca: readFileSync(kafka?.caFile ?? '', 'utf8') },
      sasl: { mechanism: 'scram-sha-256', username, password },
      retry: { retries: 1, initialRetryTime: 50 },
    });

  /** as an operator would configure it: by the environment */
  const transportOf = (mechanism: string, more: Readonly<Record<string, string>> = {}): Transport => {
    const file = join(folder, `${mechanism}.json`);
    const logins = names.map((name) => [name, { username: name, password: passwordOf(name) }]);
    writeFileSync(file, JSON.stringify(Object.fromEntries(logins)), { mode: 0o600 });
    const environment = {
      ...{ KAFKA_BROKERS: (kafka?.brokers ?? []).join(','), KAFKA_PREFIX: prefix },
      ...{ KAFKA_SSL: '1', KAFKA_SSL_CA: kafka?.caFile ?? '' },
      ...{ KAFKA_SASL_MECHANISM: mechanism, KAFKA_CREDENTIALS_FILE: file, ...more },
    };
    return kafkaTransport(kafkaSettings(readConfig(KafkaConfig, environment), names));
  };

  beforeAll(async () => {
    admin = login(kafka?.superuser.username ?? '', kafka?.superuser.password).admin();
    await admin.connect();
    await admin.createAcls({ acl: kafkaRights().flatMap(rulesFor) });
    deployment = await openDeployment({ transport: () => transportOf('scram-sha-512') });
  }, 240_000);

  afterAll(async () => {
    await deployment?.close();
    await admin?.disconnect();
    await kafka?.close();
    rmSync(folder, { recursive: true, force: true });
  }, 120_000);

  it('a referral goes through, and every group reads [S2]', async () => {
    await sent(deployment);
    const ready = await until(
      () => readyOf(deployment),
      ({ behind }) => behind === undefined,
    );
    expect(ready.http).toBe(200);
  }, 120_000);

  it.each(['notifications', 'referrals', 'coordination', 'stranger'])(
    '%s cannot write events of consent [S2]',
    async (who) => {
      const producer = login(who).producer({ allowAutoTopicCreation: false });
      await producer.connect();
      const forged = producer.send({ topic: `${prefix}consent.events`, messages: [{ key: 'k', value: '{}' }] });
      await expect(forged).rejects.toMatchObject({ message: expect.stringMatching(/not authorized/i) });
      await producer.disconnect();
    },
  );

  it.each(['notifications', 'stranger'])(
    '%s neither commits for a group of referrals nor reads it [S2]',
    async (who) => {
      const own = login(who).admin();
      await own.connect();
      const [groupId, topic] = [`${prefix}referrals.consent-gate`, `${prefix}consent.events`];
      await expect(own.fetchOffsets({ groupId, topics: [topic] })).rejects.toThrow(refused);
      const commit = own.setOffsets({ groupId, topic, partitions: [{ partition: 0, offset: '0' }] });
      await expect(commit).rejects.toThrow(refused);
      await own.disconnect();
    },
  );

  it('referrals itself may read the offsets of its group [S2]', async () => {
    const own = login('referrals').admin();
    await own.connect();
    const [groupId, topics] = [`${prefix}referrals.consent-gate`, [`${prefix}consent.events`]];
    expect(await own.fetchOffsets({ groupId, topics })).toHaveLength(1);
    await own.disconnect();
  });

  it('a client without a valid login or without TLS is refused [S2]', async () => {
    const brokers = [...(kafka?.brokers ?? [])];
    const plain = new kafkajs.Kafka({
      brokers,
      logLevel: kafkajs.logLevel.NOTHING,
      retry: { retries: 0 },
      requestTimeout: 2_000,
    });
    await expect(plain.admin().connect()).rejects.toThrow();
    await expect(login('consent', 'wrong').admin().connect()).rejects.toThrow(/authentication/i);
  });

  it.each(['plain', 'scram-sha-256', 'scram-sha-512'])('signs in by %s [S2]', async (mechanism) => {
    const transport = transportOf(mechanism);
    const publisher = transport.publisher('consent');
    expect(await publisher.partitionsOf('consent.events')).toBe(6);
    await publisher.close();
    await transport.close();
  });

  it('does not trust a broker with an unknown certificate authority [S2]', async () => {
    const transport = transportOf('plain', { KAFKA_SSL_CA: '' });
    const publisher = transport.publisher('consent');
    await expect(publisher.partitionsOf('consent.events')).rejects.toThrow(/self-signed certificate/);
    await publisher.close();
    await transport.close();
  }, 60_000);
});

const { AclOperationTypes: may, AclResourceTypes: what, AclPermissionTypes, ResourcePatternTypes } = kafkajs;

function rulesFor(rights: KafkaRights): readonly AclEntry[] {
  const rule = (resourceType: number, name: string, operation: number): AclEntry => ({
    principal: `User:${rights.service}`,
    host: '*',
    permissionType: AclPermissionTypes.ALLOW,
    resourcePatternType: ResourcePatternTypes.LITERAL,
    resourceName: `${prefix}${name}`,
    resourceType,
    operation,
  });
  return [
    ...rights.writes.flatMap((topic) =>
      [may.CREATE, may.DESCRIBE, may.WRITE].map((each) => rule(what.TOPIC, topic, each)),
    ),
    ...topicsRead(rights).flatMap((topic) => [may.READ, may.DESCRIBE].map((each) => rule(what.TOPIC, topic, each))),
    ...rights.groups.flatMap(({ group }) => [may.READ, may.DESCRIBE].map((each) => rule(what.GROUP, group, each))),
  ];
}
