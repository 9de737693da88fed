import type { DataSource } from 'typeorm';
import type { Clock, ConsumerStrategy, Relay } from '#events';
import type { MigrationClass, UnitOfWork } from '#persistence';
import type { FirstRead } from '../first-read/first-read.ts';
import type { LagCheck, Readiness, ReadinessCheck } from './readiness.ts';

export interface HealthParts {
  readonly service: string;
  readonly dataSource: DataSource;
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  readonly lagChecks: readonly LagCheck[];
  readonly strategy: Pick<ConsumerStrategy, 'readiness' | 'getHandlers'>;
  readonly relay: Pick<Relay, 'status'>;
  readonly migrations: readonly MigrationClass[];
  readonly firstRead: Pick<FirstRead, 'lacks' | 'groups'>;
  /** True once everything that the log held when its relay started is sent, by whichever process. */
  readonly hasSentAll: () => Promise<boolean>;
  readonly stopping: AbortSignal;
}

const answerWithinMs = 2000;
/** If unsent events are older than this, the relay has a fault and is not just busy. */
const longestLagMs = 30_000;

/** Tells whether this service can answer requests, what is missing if not, and what lags. */
export class Health {
  constructor(private readonly parts: HealthParts) {}

  async readiness(): Promise<Readiness> {
    const { service, stopping } = this.parts;
    const database = await check(() => this.database());
    const checks = {
      database,
      migrations: database.ready ? await check(() => this.migrations()) : missing('not known without the database'),
      ...this.replicas(),
      transport: this.transport(),
      relay: await this.relay(database.ready),
      ...(database.ready ? await this.lags() : {}),
      ...(stopping.aborted ? { process: missing('stopping') } : {}),
    };
    const ready = Object.values(checks).every((each) => each.ready || each.needed === false);
    return { status: ready ? 'ready' : 'not-ready', service, checks };
  }

  private async database(): Promise<ReadinessCheck> {
    await this.parts.dataSource.query('select 1');
    return { ready: true, detail: 'answers' };
  }

  private async migrations(): Promise<ReadinessCheck> {
    const rows = await this.parts.dataSource.query<{ name: string }[]>('select name from migration');
    const done = new Set(rows.map((row) => row.name));
    const open = this.parts.migrations.map((each) => each.name).filter((name) => !done.has(name));
    return open.length === 0 ? { ready: true, detail: 'all done' } : missing(`not run: ${open.join(', ')}`);
  }

  /** Replicas of other services' facts that commands need. */
  private replicas(): { readonly replicas?: ReadinessCheck } {
    const { groups, lacks } = this.parts.firstRead;
    if (groups.length === 0) return {};
    return { replicas: lacks.length === 0 ? { ready: true, detail: 'read once' } : missing(lacks.join('; ')) };
  }

  private async lags(): Promise<Readonly<Record<string, ReadinessCheck>>> {
    const { unitOfWork, clock, lagChecks } = this.parts;
    const found: Record<string, ReadinessCheck> = {};
    for (const { name, check: asked } of lagChecks) {
      const lag = await check(() => unitOfWork.run({ kind: 'system', key: '' }, (tx) => asked(tx, clock.now())));
      found[name] = { ...lag, needed: false };
    }
    return found;
  }

  /** late reading does not stop commands: they continue, and their events wait */
  private transport(): ReadinessCheck {
    const { strategy } = this.parts;
    const found = strategy.getHandlers().size === 0 ? { ready: true, detail: 'reads nothing' } : strategy.readiness();
    return { ...found, needed: false };
  }

  private async relay(asks: boolean): Promise<ReadinessCheck> {
    const { relay, hasSentAll } = this.parts;
    const { lagMs, detail } = relay.status();
    const late = lagMs > longestLagMs;
    return {
      ready: !late,
      needed: false,
      detail: late ? `events have waited ${Math.round(lagMs / 1000)} s: ${detail}` : detail,
      allSent: asks && (await hasSentAll().catch(() => false)),
    };
  }
}

function missing(detail: string): ReadinessCheck {
  return { ready: false, detail };
}

async function check(work: () => Promise<ReadinessCheck>): Promise<ReadinessCheck> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<ReadinessCheck>((resolve) => {
    timer = setTimeout(() => resolve(missing(`no answer within ${answerWithinMs / 1000} s`)), answerWithinMs);
  });
  try {
    return await Promise.race([work(), late]);
  } catch {
    // the reason may contain addresses, so it is only in the log
    return missing('does not answer');
  } finally {
    clearTimeout(timer);
  }
}
