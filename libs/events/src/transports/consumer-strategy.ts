import { Server } from '@nestjs/microservices';
import type { CustomTransportStrategy } from '@nestjs/microservices';
import { systemIds } from '../clock.ts';
import { systemRetryClock } from '../lanes/retry-clock.ts';
import { Slots } from '../lanes/slots.ts';
import { Parking } from '../parking/parking.ts';
import { Redriver } from '../parking/redriver.ts';
import { Rebuilder } from '../rebuild/rebuilder.ts';
import { reasonOf } from '../reason.ts';
import { GroupReader } from '../reading/group-reader.ts';
import { groupsOf, marksOf, publishersOf } from '../reading/handlers.ts';
import type { GroupHandlers } from '../reading/handlers.ts';
import type { Followed, GroupLag, StrategyOptions, StrategyReadiness } from './strategy-options.ts';

/** Of a pool of 10; the others are for people who wait for an answer. */
const PARALLEL = 4;
const IDLE_POLL_MS = 20;
const IDLE_LIMIT_MS = 60_000;

/** What one consumer reads, and how. */
export interface Reading {
  readonly handlers: GroupHandlers;
  readonly reader: GroupReader;
}

/**
 * A service's consumers in the form that Nest expects: one strategy per application, one consumer per group. This class
 * holds what all transports share; a transport opens, closes and measures.
 */
export abstract class ConsumerStrategy extends Server implements CustomTransportStrategy {
  /** Nest would otherwise log each failure, but we await the outcome (traps.md 29). */
  override readonly propagatesEventHandlerErrors = true;
  protected readonly slots: Slots;
  private groups: readonly GroupHandlers[] = [];
  private redriver: Redriver | undefined;
  private rebuilder: Rebuilder | undefined;
  private closed: Promise<void> | undefined;

  constructor(protected readonly options: StrategyOptions) {
    super();
    this.slots = new Slots(options.parallel ?? PARALLEL);
  }

  /**
   * Starts to read what the controllers ask for. An unavailable transport is not an error: it is tried until it is there.
   */
  protected abstract open(readings: readonly Reading[]): Promise<void>;
  /** Starts nothing new, lets running transactions end and commits what they did; at most 20 s. */
  protected abstract shut(): Promise<void>;
  /** Nest's own `status` is a stream of something else. */
  abstract readiness(): StrategyReadiness;
  /** Every group in every partition of its topics. Throws if the transport is unavailable. */
  abstract lag(): Promise<readonly GroupLag[]>;

  override listen(callback: (error?: unknown) => void): void {
    // Nobody awaits us: a rejection would end the process without passing through app.listen() (traps.md 26).
    this.begin().then(
      () => callback(),
      (error: unknown) => callback(error),
    );
  }

  override close(): Promise<void> {
    return (this.closed ??= this.end());
  }

  /** The services whose events a group reads. Throws for a group without a reader. */
  followed(group: string): Followed {
    const handlers = this.groups.find((each) => each.group === group);
    if (handlers === undefined) throw new Error(`no handler reads in ${group}`);
    return { sources: publishersOf(handlers), marked: marksOf(handlers) };
  }

  /** Looks for redrive requests now instead of at the next poll. */
  redriveSoon(): void {
    this.redriver?.soon();
  }

  /** Looks for rebuild requests now instead of at the next poll. */
  rebuildSoon(): void {
    this.rebuilder?.soon();
  }

  /**
   * For tests: resolves when every group has handled or parked everything published before the call, and every requested
   * redrive or rebuild is done or given up. Throws after a minute and names the groups that lag.
   */
  async idle(): Promise<void> {
    const begun = performance.now();
    const goal = new Map((await this.lag()).map((each) => [placeOf(each), BigInt(each.end)]));
    for (;;) {
      const behind = (await this.lag()).filter((each) => BigInt(each.next) < (goal.get(placeOf(each)) ?? 0n));
      if (behind.length === 0) break;
      if (performance.now() - begun > IDLE_LIMIT_MS) {
        throw new Error(`${behind.map((each) => `${placeOf(each)} at ${each.next} of ${each.end}`).join(', ')}`);
      }
      await new Promise((resolve) => setTimeout(resolve, IDLE_POLL_MS));
    }
    await this.redriver?.drained();
    await this.rebuilder?.drained();
  }

  override on(): never {
    throw new Error('this strategy has no events of its own: see readiness() and lag()');
  }

  override unwrap<T>(): T {
    throw new Error('a strategy has no single underlying server');
  }

  protected troubled(words: string): void {
    this.options.onTrouble?.(words);
  }

  private async end(): Promise<void> {
    await this.redriver?.stop();
    await this.rebuilder?.stop();
    await this.shut();
  }

  private async begin(): Promise<void> {
    const { unitOfWork, clock, ids = systemIds, onParked, retryClock = systemRetryClock, inbox } = this.options;
    const kit = { unitOfWork, clock };
    const parking = new Parking({ ...kit, ids, ...(onParked === undefined ? {} : { onParked }) });
    const onLostMark = (group: string, reason: string): void =>
      this.troubled(`${group}: a watermark was lost: ${reason}`);
    this.groups = groupsOf(this.getHandlers());
    const readings = this.groups.map((handlers) => ({
      handlers,
      reader: new GroupReader({ handlers, kit, parking, slots: this.slots, retryClock, onLostMark }),
    }));
    inbox?.learn(
      readings.flatMap(({ handlers }) => publishersOf(handlers).map((source) => ({ group: handlers.group, source }))),
    );
    this.redriver = new Redriver({
      ...kit,
      readers: readings.map(({ reader }) => reader),
      onTrouble: (error) => this.troubled(`redrive: ${reasonOf(error)}`),
    });
    const { projected, source } = this.options.rebuild ?? { projected: [], source: () => Promise.resolve([]) };
    this.rebuilder = new Rebuilder({
      ...kit,
      projected,
      source,
      slots: this.slots,
      retryClock,
      groups: readings.map(({ handlers }) => handlers),
      onTrouble: (error) => this.troubled(`rebuild: ${reasonOf(error)}`),
    });
    await this.open(readings);
    this.redriver.start();
    this.rebuilder.start();
  }
}

function placeOf(lag: GroupLag): string {
  return `${lag.group} ${lag.topic}/${lag.partition}`;
}
