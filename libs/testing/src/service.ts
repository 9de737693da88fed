import type { Type } from '@nestjs/common';
import type { LightMyRequestResponse as Response } from 'fastify';
import { topicOf, type EventEnvelope } from '#contracts';
import { serviceUrls } from '#persistence';
import type { DeploymentConfig, RunningService } from '#service';
import { testPasswords } from './database.ts';
import { FakeClock } from './fake-clock.ts';
import { seededIds, type SeededIds } from './seeded-ids.ts';
import { databaseWith } from './postgres/template.ts';
import { testTokens, type TestTokens } from './tokens.ts';

/** A request of a seed person to a service. `path` without a leading slash is under `/api/<service>/`. */
export interface TestRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One service on a database of its own, called without a network, on a clock that stands still. */
export interface TestService {
  readonly service: RunningService;
  readonly deployment: DeploymentConfig;
  readonly clock: FakeClock;
  readonly ids: SeededIds;
  readonly tokens: TestTokens;
  /** The URL for `<service>_app`, to test the policies. */
  readonly appUrl: string;
  /** `login` null: without a token. */
  ask(login: string | null, asked: TestRequest): Promise<Response>;
  /**
   * Publishes events as if other services had sent them, those of a topic together; `service.settle()` waits until they
   * are handled.
   */
  publish(...envelopes: readonly EventEnvelope[]): Promise<void>;
  /** Stops the service and starts it again on the same data. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Starts the service of a module. `changes` override its configuration. Close it in `afterAll`. */
export async function testService(
  module: Type,
  name: string,
  changes: Partial<DeploymentConfig> = {},
): Promise<TestService> {
  // imported late: the specs of lower libs do not need a whole service
  const { embeddedTransport, headersOf } = await import('#events');
  const { makeSecrets, startService } = await import('#service');
  const database = await databaseWith(module);
  const { adminUrl } = database;
  const clock = new FakeClock();
  const ids = seededIds();
  const tokens = await testTokens(() => Math.floor(Date.parse(clock.now()) / 1000));
  const { appUrl } = serviceUrls(adminUrl, name, testPasswords);
  // Other services' events are published under their names, which this database does not know.
  const transport = embeddedTransport({ adminUrl, appUrl: (service) => (service === name ? appUrl : adminUrl) });
  const deployment: DeploymentConfig = {
    adminUrl,
    transport,
    issuerUrl: () => tokens.issuerUrl,
    peersUrl: () => tokens.issuerUrl,
    secrets: { ...makeSecrets([], []), rolePasswords: { [name]: testPasswords } },
    demo: false,
    clock,
    ids,
    logLevel: 'silent',
    requestsPerMinute: 0,
    timers: false,
    // there is no other service, so none has a backlog
    hasSentAll: () => Promise.resolve(true),
    ...changes,
  };
  const putAway = async (): Promise<void> => {
    await transport.close();
    await tokens.close();
    await database.drop();
  };
  let service = await startService(module, deployment).catch(async (error: unknown) => {
    await putAway();
    throw error;
  });
  const publisher = transport.publisher('others');
  return {
    get service() {
      return service;
    },
    deployment,
    clock,
    ids,
    tokens,
    appUrl,
    ask: async (login, { method = 'GET', path, body, headers }) =>
      service.app.inject({
        method,
        url: path.startsWith('/') ? path : `/api/${name}/${path}`,
        headers: {
          ...(login === null ? {} : { authorization: `Bearer ${await tokens.tokenFor(login)}` }),
          ...headers,
        },
        ...(body === undefined ? {} : { payload: body as object }),
      }),
    publish: async (...envelopes) => {
      for (const [topic, ofTopic] of Map.groupBy(envelopes, ({ type }) => topicOf(type))) {
        const messages = ofTopic.map((each) => ({
          key: each.key,
          value: JSON.stringify(each.event),
          headers: headersOf(each),
        }));
        await publisher.send(topic, messages);
      }
    },
    restart: async () => {
      await service.close();
      service = await startService(module, deployment);
    },
    close: async () => {
      await service.close();
      await putAway();
    },
  };
}
