import type { InstantText } from '#contracts';
import { databaseFault } from '#persistence';
import { backOff, WakeSignal } from '../wake-signal.ts';
import type { Clock } from '../clock.ts';
import { reasonOf } from '../reason.ts';
import { TimerClaims, type Claim } from './claims.ts';
import type { DueTimer } from './timer.ts';

export interface TimerWorkerOptions {
  /** The database as `<service>_app`; the worker opens its own connection there, which holds its claims. */
  readonly url: string;
  readonly service: string;
  readonly clock: Clock;
  /** Timers claimed in one tick; by default 50. */
  readonly batch?: number;
  /** Streams whose timers fire in parallel; by default 4. */
  readonly parallel?: number;
  /** The pause after the first failure, doubled after each further one up to `longestRetryMs`; by default 1 s and 5 min. */
  readonly firstRetryMs?: number;
  readonly longestRetryMs?: number;
  /** Failures after which the timer is parked; by default 20, which takes more than an hour. */
  readonly attempts?: number;
  /** How often to look when nobody pokes; by default 500 ms. */
  readonly pollMs?: number;
  /**
   * True if the failure is not the timer's fault (something that it needs is unavailable), so that it is never parked for
   * a person.
   */
  readonly passes?: (error: unknown) => boolean;
  /** Called for a timer that is not tried again until a person redrives it. */
  readonly onParked?: (timer: DueTimer, reason: string) => void;
  /** Called when the database is unavailable: for the log of the process; the worker recovers by itself. */
  readonly onTrouble?: (what: string, error: unknown) => void;
}

export type Fire = (timer: DueTimer) => Promise<void>;

/** For failures that pass by themselves, the longest pause before the next try. */
const PASSING_MS = 10_000;

/**
 * Fires due timers: claims their streams with locks of its own connection and fires with no transaction open. Any number
 * of workers may run.
 */
export class TimerWorker {
  private readonly fires = new Map<string, Fire>();
  private readonly signal = new WakeSignal();
  private running: Promise<void> | undefined;
  private stopping = false;
  private lastTick: Promise<unknown> = Promise.resolve();

  private readonly claims: TimerClaims;

  constructor(private readonly options: TimerWorkerOptions) {
    this.claims = new TimerClaims(options.url, options.service);
  }

  /**
   * What a kind of timer does. It calls `Timers.settle` in the transaction of its command; a timer that succeeds without
   * that is removed afterwards. An error is a failure: the timer is tried again later, then parked.
   */
  on(kind: string, fire: Fire): void {
    if (this.fires.has(kind)) throw new Error(`two parts of this service want to fire the timer ${kind}`);
    this.fires.set(kind, fire);
  }

  /**
   * Fires the timers that are due now, up to one batch, in the order of their due times; the timers of one stream fire
   * one after the other. Returns how many. Starts after the previous tick has ended.
   */
  tick(): Promise<number> {
    const turn = this.lastTick.then(() => this.fireDue());
    this.lastTick = turn.catch(() => undefined);
    return turn;
  }

  /** There may be new due timers: look immediately. */
  poke(): void {
    this.signal.wake();
  }

  start(): void {
    this.stopping = false;
    this.running ??= this.live();
  }

  /** Timers that are firing end; timers that were claimed but not started are released. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.signal.wake();
    await this.running;
    this.running = undefined;
    await this.lastTick;
    await this.claims.close();
  }

  private async live(): Promise<void> {
    while (!this.stopping) {
      const fired = await this.tick().catch((error: unknown) => {
        this.options.onTrouble?.('timers could not be claimed', error);
        return 0;
      });
      if (fired < (this.options.batch ?? 50)) await this.signal.wait(this.options.pollMs ?? 500);
    }
  }

  private async fireDue(): Promise<number> {
    const { clock, batch = 50, parallel = 4 } = this.options;
    const kinds = [...this.fires.keys()];
    if (kinds.length === 0) return 0;
    const claim = await this.claims.take({ now: clock.now(), kinds, limit: batch });
    const streams = [...Map.groupBy(claim.timers, (timer) => timer.key)];
    let begun = 0;
    const lanes = Array.from({ length: Math.min(parallel, streams.length) }, async () => {
      for (let stream = streams.shift(); stream !== undefined; stream = streams.shift()) {
        const [key, timers] = stream;
        const fired = await this.fireInTurn(timers, claim);
        begun += fired;
        await this.writeOrReport('a claim ended with its connection', () => claim.giveBack([key]));
      }
    });
    await Promise.all(lanes);
    return begun;
  }

  /** The number of timers started: 0 once we stop, or after we lost the claim and another worker may hold the timers. */
  private async fireInTurn(timers: readonly DueTimer[], claim: Claim): Promise<number> {
    let begun = 0;
    for (const timer of timers) {
      if (this.stopping || !claim.holds) break;
      begun += 1;
      await this.fire(timer, claim);
    }
    return begun;
  }

  private async fire(timer: DueTimer, claim: Claim): Promise<void> {
    try {
      await this.fires.get(timer.kind)?.(timer);
    } catch (error) {
      return this.writeOrReport('a failed timer could not be postponed, so it is tried again immediately', () =>
        this.putOff(timer, claim, error),
      );
    }
    await this.writeOrReport('a fired timer could not be removed and may fire again', () => claim.finish(timer));
  }

  private async putOff(timer: DueTimer, claim: Claim, error: unknown): Promise<void> {
    const { clock, firstRetryMs = 1_000, longestRetryMs = 300_000, attempts = 20 } = this.options;
    const passes = databaseFault(error) !== 'other' || this.options.passes?.(error) === true;
    const counted = passes ? timer.attempts : timer.attempts + 1;
    const pauseMs = passes
      ? Math.min(PASSING_MS, longestRetryMs, 2 * (timer.pausedMs ?? firstRetryMs / 2))
      : backOff(timer.attempts, firstRetryMs, longestRetryMs);
    const parked = counted >= attempts;
    const now = clock.now();
    const reason = reasonOf(error);
    await claim.postpone(timer, {
      attempts: counted,
      nextAt: plus(now, pauseMs),
      pauseMs,
      parkedAt: parked ? now : null,
      reason,
    });
    if (parked) this.options.onParked?.({ ...timer, attempts: counted }, reason);
  }

  /** Writes on the claim's connection and reports a failure. If the connection is gone, so is the claim, and its new holder continues. */
  private async writeOrReport(otherwise: string, write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (error) {
      this.options.onTrouble?.(otherwise, error);
    }
  }
}

function plus(instant: InstantText, ms: number): InstantText {
  return new Date(Date.parse(instant) + ms).toISOString();
}
