import type { Tx } from '#persistence';
import type { RetryClock } from '../lanes/retry-clock.ts';
import { retried } from '../lanes/retry.ts';
import type { Tried } from '../lanes/retry.ts';
import type { Slots } from '../lanes/slots.ts';
import { reasonOf } from '../reason.ts';
import { PollingWorker } from '../polling.ts';
import type { ReadingKit } from '../reading/delivery.ts';
import { publishersOf } from '../reading/handlers.ts';
import type { GroupHandlers } from '../reading/handlers.ts';
import type { Projected } from './projected.ts';
import {
  advanceStatement,
  endStatement,
  openRebuildsStatement,
  sweepStatements,
  waitingStatement,
} from './rebuild.statements.ts';
import type { RebuildFault } from './rebuilds.ts';
import { StreamRebuild } from './stream-rebuild.ts';
import { streamOf, streamsAfter } from './streams.ts';
import type { LoggedStream, LogSource } from './streams.ts';

const POLL_MS = 2_000;
const PAGE = 1_000;
/** How often the live reader may be ahead of our reading before we give up its stream. */
const CATCHES = 20;

export interface RebuilderOptions extends ReadingKit {
  readonly groups: readonly GroupHandlers[];
  readonly projected: readonly Projected[];
  readonly source: LogSource;
  readonly slots: Slots;
  readonly retryClock: RetryClock;
  /** Events in memory together, whatever the log's size; 1,000 by default. */
  readonly page?: number;
  /** Called when a round ended early; the next one continues where it stopped. */
  readonly onTrouble: (error: unknown) => void;
}

interface OpenRebuild {
  readonly rebuildId: string;
  readonly group: string;
  readonly source: string | null;
  readonly afterKey: string;
}

interface Group {
  readonly streams: StreamRebuild;
  readonly projected: Projected;
  /** The services whose logs it reads. */
  readonly services: readonly string[];
}

/**
 * Rebuilds the rows of groups from the logs of the services that they read, stream by stream, beside the live reading.
 * Each stream's rows change in one transaction, so no reader ever sees fewer rows. An interrupted rebuild continues where
 * it stopped, in whichever process finds it first.
 */
export class Rebuilder extends PollingWorker {
  private readonly groups: ReadonlyMap<string, Group>;
  private readonly page: number;

  /** Throws for a projection whose group has no reader here. */
  constructor(private readonly o: RebuilderOptions) {
    super({ everyMs: POLL_MS, onTrouble: o.onTrouble });
    this.page = o.page ?? PAGE;
    this.groups = new Map(o.projected.map((projected) => [projected.group, groupOf(o, projected)]));
  }

  protected get hasWork(): boolean {
    return this.groups.size > 0;
  }

  protected async round(): Promise<void> {
    for (const open of await this.open()) await this.goOn(open);
  }

  private open(): Promise<readonly OpenRebuild[]> {
    return this.inSystem((query) => query(openRebuildsStatement, [[...this.groups.keys()]]));
  }

  private async goOn(open: OpenRebuild): Promise<void> {
    const group = this.groups.get(open.group);
    if (group === undefined) return;
    try {
      let place: OpenRebuild | undefined = open;
      while (place !== undefined && !this.loop.stopped) place = await this.step(place, group);
    } catch (error) {
      await this.inSystem((query) => query(waitingStatement, [open.rebuildId, reasonOf(error)]));
      throw error;
    }
  }

  /** Reads the next page of streams. Returns the place behind it; at the end, records the end and returns undefined. */
  private async step(place: OpenRebuild, group: Group): Promise<OpenRebuild | undefined> {
    const service = place.source ?? group.services[0];
    if (service === undefined) return this.end(place, group);
    const streams = await streamsAfter(this.o.source, service, place.afterKey, this.page);
    const last = streams.at(-1);
    if (last === undefined) {
      const next = group.services[group.services.indexOf(service) + 1];
      return next === undefined
        ? this.end(place, group)
        : this.advance(place, { ...place, source: next, afterKey: '' });
    }
    const faults = await this.rebuildStreams(group, service, streams);
    if (this.loop.stopped) return undefined;
    return this.advance(place, { ...place, source: service, afterKey: last.key }, streams, faults);
  }

  private async rebuildStreams(
    group: Group,
    service: string,
    streams: readonly LoggedStream[],
  ): Promise<readonly RebuildFault[]> {
    const singly = group.streams.together ? await this.together(group, service, streams) : streams;
    const faults: RebuildFault[] = [];
    for (const stream of singly) {
      const reason = await this.alone(group, service, stream);
      if (reason !== undefined) faults.push({ key: stream.key, reason });
    }
    return faults;
  }

  /**
   * Returns the streams to try one by one: when a batch fails, only one of them may be the cause, and some may be behind.
   */
  private async together(
    group: Group,
    service: string,
    streams: readonly LoggedStream[],
  ): Promise<readonly LoggedStream[]> {
    const { outcome } = await this.tried(group, service, streams, 1);
    if (outcome.kind === 'unavailable') throw outcome.cause;
    if (outcome.kind !== 'handled') return streams;
    const behind = new Set(outcome.waiting);
    return streams.filter(({ key }) => behind.has(key));
  }

  /** Returns why the stream kept its old rows; undefined if it was rebuilt. */
  private async alone(group: Group, service: string, given: LoggedStream): Promise<string | undefined> {
    let stream = given;
    for (let catches = 0; catches < CATCHES && !this.loop.stopped; catches += 1) {
      const { outcome, stopped } = await this.tried(group, service, [stream]);
      if (stopped) return undefined;
      if (outcome.kind === 'unavailable') throw outcome.cause;
      if (outcome.kind !== 'handled') return outcome.reason;
      if (outcome.waiting.length === 0) return undefined;
      stream = await streamOf(this.o.source, service, stream.key, this.page);
    }
    return this.loop.stopped ? undefined : 'it changes faster than it can be read: rebuild again later';
  }

  private tried(group: Group, service: string, streams: readonly LoggedStream[], tries?: number): Promise<Tried> {
    const attempt = (): ReturnType<StreamRebuild['attempt']> =>
      this.o.slots.use(() => group.streams.attempt(service, streams));
    return retried(attempt, this.o.retryClock, () => !this.loop.stopped, tries);
  }

  private async advance(
    from: OpenRebuild,
    to: OpenRebuild,
    streams: readonly LoggedStream[] = [],
    faults: readonly RebuildFault[] = [],
  ): Promise<OpenRebuild> {
    const events = streams.reduce((sum, { messages }) => sum + messages.length, 0);
    await this.inSystem((query) =>
      query(advanceStatement, [
        from.rebuildId,
        from.source,
        from.afterKey,
        to.source,
        to.afterKey,
        streams.length,
        events,
        JSON.stringify(faults),
      ]),
    );
    return to;
  }

  private async end({ rebuildId, group }: OpenRebuild, { projected }: Group): Promise<undefined> {
    await this.inSystem(async (query) => {
      for (const sweep of sweepStatements(projected)) await query(sweep, [group]);
      await query(endStatement, [rebuildId, this.o.clock.now()]);
    });
  }

  private inSystem<T>(work: (query: Tx['query']) => Promise<T>): Promise<T> {
    return this.o.unitOfWork.run({ kind: 'system', key: '' }, (tx) => work(tx.query));
  }
}

function groupOf(o: RebuilderOptions, projected: Projected): Group {
  const handlers = o.groups.find(({ group }) => group === projected.group);
  if (handlers === undefined) throw new Error(`no handler here reads in ${projected.group}: it cannot be rebuilt`);
  return {
    streams: new StreamRebuild({ unitOfWork: o.unitOfWork, clock: o.clock }, handlers, projected),
    projected,
    services: publishersOf(handlers),
  };
}
