import type { DomainEvent, EventEnvelope } from '#contracts';
import { embeddedTransport, headersOf, type BatchContext, type Publisher } from '#events';
import { serviceUrls, statement, UnitOfWork } from '#persistence';
import { startService, type HouseConfig, type RunningService } from '#service';
import { FakeClock, freshDatabase, provisionForTests, testPasswords, testTokens } from '#testing';
import { BoardProjection } from '../board/board.projection.ts';
import { CoordinationModule } from '../coordination.module.ts';
import { TimelineProjection } from '../timeline/timeline.projection.ts';

/** An answer as a test reads it. */
export interface Answered<Body> {
  readonly status: number;
  readonly body: Body;
  readonly text: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** Coordination at work on a database of its own, with nobody else there: what it hears, a test tells it. */
export interface RunningCoordination {
  readonly service: RunningService;
  readonly clock: FakeClock;
  readonly unitOfWork: UnitOfWork;
  readonly adminUrl: string;
  /** To both projections, as one batch of each: straight to the handlers, past inbox and transport. */
  hear(envelopes: readonly EventEnvelope[]): Promise<void>;
  /** Through the transport, as the referrals service would, until it is handled. */
  publish(envelopes: readonly EventEnvelope[]): Promise<void>;
  ask<Body>(login: string, path: string, headers?: Readonly<Record<string, string>>): Promise<Answered<Body>>;
  token(login: string): Promise<string>;
  /** Everything that the projections wrote, to be compared; but when and as which number a change was noted. */
  rows(): Promise<Readonly<Record<string, readonly object[]>>>;
  /** Forgets all rows and what was read, as before a replay. */
  forget(): Promise<void>;
  close(): Promise<void>;
}

const projected = [
  'board_referral',
  'inbox_row',
  'inbox_claimant',
  'board_row',
  'timeline_referral',
  'timeline_item',
] as const;
const everything = projected.map((table) => statement(`all of ${table}`, `select * from ${table} order by 1, 2`));
const forgetting = [...projected, 'change', 'inbox', 'reached'].map((table) =>
  statement(`forget ${table}`, `delete from ${table}`),
);
const system = { kind: 'system', key: '' } as const;

export async function startCoordination(): Promise<RunningCoordination> {
  const database = await freshDatabase();
  const { adminUrl } = database;
  await provisionForTests(adminUrl, 'coordination');
  const clock = new FakeClock();
  const tokens = await testTokens(() => Math.floor(Date.parse(clock.now()) / 1000));
  const appUrl = (service: string): string => serviceUrls(adminUrl, service, testPasswords).appUrl;
  const transport = embeddedTransport({ adminUrl, appUrl });
  const house: HouseConfig = {
    adminUrl,
    transport,
    issuerUrl: () => tokens.issuerUrl,
    peersUrl: () => tokens.issuerUrl,
    secrets: { rolePasswords: { coordination: testPasswords }, clientSecrets: {}, signingKey: null, cookieKeys: [] },
    demo: false,
    clock,
    logLevel: 'silent',
    requestsPerMinute: 0,
    timers: false,
  };
  const service = await startService(CoordinationModule, house);
  const { app } = service;
  const unitOfWork = app.get(UnitOfWork, { strict: false });
  const [board, timeline] = [
    app.get(BoardProjection, { strict: false }),
    app.get(TimelineProjection, { strict: false }),
  ];
  const elsewhere = embeddedTransport({ adminUrl });
  let publisher: Publisher | undefined;
  const inBatch = (work: (context: BatchContext) => Promise<void>): Promise<void> =>
    unitOfWork.run(system, (tx) => work({ tx, now: clock.now(), replayed: false }));
  return {
    service,
    clock,
    unitOfWork,
    adminUrl,
    hear: async (envelopes) => {
      const sorted = envelopes.toSorted((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)));
      await inBatch((context) => board.rows(sorted, context));
      await inBatch((context) => timeline.items(sorted, context));
    },
    publish: async (envelopes) => {
      publisher ??= elsewhere.publisher('referrals');
      await publisher.send('referrals.events', envelopes.map(messageOf));
      await service.settle();
    },
    ask: async (login, path, headers = {}) => {
      const answer = await app.inject({
        method: 'GET',
        url: `/api/coordination/${path}`,
        headers: { authorization: `Bearer ${await tokens.tokenFor(login)}`, ...headers },
      });
      return { status: answer.statusCode, text: answer.payload, body: answer.json(), headers: answer.headers };
    },
    token: (login) => tokens.tokenFor(login),
    rows: () =>
      unitOfWork.run(system, async (tx) => {
        const rows: Record<string, readonly object[]> = {};
        for (const [index, table] of projected.entries()) {
          rows[table] = await tx.query(everything[index] ?? { name: '', text: '' });
        }
        return rows;
      }),
    forget: () =>
      unitOfWork.run(system, async (tx) => {
        for (const each of forgetting) await tx.query(each);
      }),
    close: async () => {
      await service.close();
      await publisher?.close();
      await elsewhere.close();
      await transport.close();
      await tokens.close();
      await database.drop();
    },
  };
}

function messageOf({ event, ...facts }: EventEnvelope<DomainEvent>): {
  readonly key: string;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
} {
  return { key: facts.key, value: JSON.stringify(event), headers: headersOf(facts) };
}
