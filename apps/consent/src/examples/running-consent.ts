import { randomUUID } from 'node:crypto';
import { schemaVersionOf, type DomainEvent } from '#contracts';
import { embeddedTransport, headersOf, type Clock, type Ids, type Publisher } from '#events';
import { serviceUrls, withClient } from '#persistence';
import { makeSecrets, startService, type RunningService } from '#service';
import { ConsentModule } from '../consent.module.ts';

/** What a spec provides: its own database, an issuer, a clock to move, and ids that are the same in every run. */
export interface Bench {
  readonly database: { readonly adminUrl: string; drop(): Promise<void> };
  readonly passwords: { readonly owner: string; readonly app: string };
  readonly tokens: { readonly issuerUrl: string; tokenFor(login: string): Promise<string>; close(): Promise<void> };
  readonly clock: Clock;
  readonly ids: Ids;
}

export interface HttpAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly text: string;
  readonly etag: string | undefined;
  readonly position: string | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
}

export interface LoggedEvent {
  readonly type: string;
  readonly subject: string;
  readonly version: number;
  readonly role: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The running consent service, called through HTTP, with events of other services published as by their relays. */
export class RunningConsent {
  private readonly versions = new Map<string, number>();

  private constructor(
    readonly service: RunningService,
    readonly bench: Bench,
    private readonly publisher: Publisher,
    private readonly closeTransport: () => Promise<void>,
  ) {}

  static async start(bench: Bench): Promise<RunningConsent> {
    const { adminUrl } = bench.database;
    const transport = embeddedTransport({ adminUrl });
    const service = await startService(ConsentModule, {
      adminUrl,
      transport,
      issuerUrl: () => bench.tokens.issuerUrl,
      peersUrl: () => bench.tokens.issuerUrl,
      secrets: { ...makeSecrets([], []), rolePasswords: { consent: bench.passwords } },
      demo: false,
      clock: bench.clock,
      ids: bench.ids,
      logLevel: 'fatal',
      requestsPerMinute: 0,
      timers: false,
      hasSentAll: () => Promise.resolve(true),
    });
    return new RunningConsent(service, bench, transport.publisher('referrals'), () => transport.close());
  }

  get appUrl(): string {
    return serviceUrls(this.bench.database.adminUrl, 'consent', this.bench.passwords).appUrl;
  }

  async get(login: string, path: string): Promise<HttpAnswer> {
    return this.ask(login, 'GET', path, {});
  }

  async post(
    login: string,
    path: string,
    body: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<HttpAnswer> {
    return this.ask(login, 'POST', path, headers, body);
  }

  /** A ✎ command with its own Idempotency-Key, unless `headers` contain one. */
  async command(
    login: string,
    path: string,
    body: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<HttpAnswer> {
    return this.post(login, path, body, { 'idempotency-key': randomUUID(), ...headers });
  }

  /** Publishes an event of another service and waits until this one has handled it. The same `id` again: a replay. */
  async publish(key: string, event: DomainEvent, id: string = this.bench.ids.next()): Promise<string> {
    const streamVersion = (this.versions.get(key) ?? 0) + 1;
    this.versions.set(key, streamVersion);
    const source = event.type.startsWith('directory.') ? 'directory' : 'referrals';
    const headers = headersOf({
      id,
      type: event.type,
      schemaVersion: schemaVersionOf(event),
      source: `/${source}`,
      subject: `test/${key}`,
      time: this.bench.clock.now(),
      key,
      streamVersion,
      actor: { id: null, role: 'system', organizationId: null },
      causationId: null,
      correlationId: this.bench.ids.next(),
      traceparent: null,
    });
    await this.publisher.send(`${source}.events`, [{ key, value: JSON.stringify(event), headers }]);
    await this.service.settle();
    return id;
  }

  /** What this service has recorded in a stream, oldest first. */
  async log(key: string): Promise<readonly LoggedEvent[]> {
    return this.sql<LoggedEvent>(
      `select type, subject, stream_version as version, actor_role as role, data from consent.event
       where stream_key = $1 order by stream_version`,
      [key],
    );
  }

  /** As the administrator, past every policy: for what a spec inspects or damages. */
  async sql<Row extends object>(text: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    return withClient(this.bench.database.adminUrl, async (client) => {
      const { rows } = await client.query<Row>(text, [...values]);
      return rows;
    });
  }

  async close(): Promise<void> {
    await this.publisher.close();
    await this.service.close();
    await this.closeTransport();
    await this.bench.tokens.close();
    await this.bench.database.drop();
  }

  private async ask(
    login: string,
    method: 'GET' | 'POST',
    path: string,
    headers: Readonly<Record<string, string>>,
    body?: unknown,
  ): Promise<HttpAnswer> {
    const authorization = `Bearer ${await this.bench.tokens.tokenFor(login)}`;
    const answer = await this.service.app.inject({
      method,
      url: `/api/consent/${path}`,
      headers: { authorization, ...headers },
      ...(body === undefined ? {} : { payload: body as object }),
    });
    const isJson = String(answer.headers['content-type']).includes('json');
    return {
      status: answer.statusCode,
      body: isJson ? (JSON.parse(answer.body) as unknown) : undefined,
      text: answer.body,
      etag: answer.headers.etag,
      position: answer.headers.position as string | undefined,
      headers: answer.headers,
    };
  }
}
