import type { EventEnvelope } from '#contracts';
import type { BatchContext } from '#events';
import { statement, UnitOfWork } from '#persistence';
import type { RunningService } from '#service';
import { testService, type FakeClock } from '#testing';
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

/** Coordination on its own database, without other services: the test publishes the events. */
export interface RunningCoordination {
  readonly service: RunningService;
  readonly clock: FakeClock;
  readonly unitOfWork: UnitOfWork;
  readonly adminUrl: string;
  /** To both projections, as one batch of each: straight to the handlers, past inbox and transport. */
  handle(envelopes: readonly EventEnvelope[]): Promise<void>;
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

/** `environment`: variables that say something else than usual. */
export async function startCoordination(environment?: Readonly<Record<string, string>>): Promise<RunningCoordination> {
  const said = environment === undefined ? {} : { environment };
  const running = await testService(CoordinationModule, 'coordination', said);
  const { service, clock, tokens } = running;
  const { app } = service;
  const unitOfWork = app.get(UnitOfWork, { strict: false });
  const [board, timeline] = [
    app.get(BoardProjection, { strict: false }),
    app.get(TimelineProjection, { strict: false }),
  ];
  const inBatch = (work: (context: BatchContext) => Promise<void>): Promise<void> =>
    unitOfWork.run(system, (tx) => work({ tx, now: clock.now(), replayed: false }));
  return {
    service,
    clock,
    unitOfWork,
    adminUrl: running.deployment.adminUrl,
    handle: async (envelopes) => {
      const sorted = envelopes.toSorted((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)));
      await inBatch((context) => board.rows(sorted, context));
      await inBatch((context) => timeline.items(sorted, context));
    },
    publish: async (envelopes) => {
      await running.publish(...envelopes);
      await service.settle();
    },
    ask: async (login, path, headers = {}) => {
      const answer = await running.ask(login, { path, headers });
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
    close: () => running.close(),
  };
}
