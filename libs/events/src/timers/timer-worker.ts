import type { InstantText } from '#contracts';
import { Unavailable, type UnitOfWork } from '#persistence';
import { backOff, Bell } from '../bell.ts';
import type { Clock } from '../clock.ts';
import { reasonOf } from '../reason.ts';
import { claimTimers, finishTimer, postponeTimer, releaseTimers } from './claims.ts';
import type { DueTimer } from './timer.ts';

export interface TimerWorkerOptions {
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  /** Timers claimed at once; unless told 50. */
  readonly batch?: number;
  /** Streams whose timers fire side by side; unless told 4. */
  readonly parallel?: number;
  /** How long a claim holds: what died while firing is fired again after it. Unless told 60 s. */
  readonly leaseMs?: number;
  /** The wait after the first failure, doubled after each further one up to `longestRetryMs`; unless told 1 s and 5 min. */
  readonly firstRetryMs?: number;
  readonly longestRetryMs?: number;
  /** Failures after which the timer is parked; unless told 20, which is more than an hour. */
  readonly attempts?: number;
  /** How often to look when nobody pokes; unless told 500 ms. */
  readonly pollMs?: number;
  /** A timer that will not be tried again until a person redrives it. */
  readonly onParked?: (timer: DueTimer, reason: string) => void;
  /** The database is away: for the log of the process; it goes on by itself. */
  readonly onTrouble?: (what: string, error: unknown) => void;
}

export type Fire = (timer: DueTimer) => Promise<void>;

interface Claim {
  readonly timers: readonly DueTimer[];
  readonly until: InstantText;
}

/** Fires due timers: claims them in a short transaction of its own, then fires with none open. Any number may run. */
export class TimerWorker {
  private readonly fires = new Map<string, Fire>();
  private readonly bell = new Bell();
  private running: Promise<void> | undefined;
  private stopping = false;
  private lastTick: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: TimerWorkerOptions) {}

  /**
   * What a kind of timer does. It calls `Timers.settle` in the transaction of its command; one that ends well without
   * that is removed afterwards. What it throws is a failure: tried again later, then parked.
   */
  on(kind: string, fire: Fire): void {
    if (this.fires.has(kind)) throw new Error(`two parts of this service want to fire the timer ${kind}`);
    this.fires.set(kind, fire);
  }

  /**
   * Fires what is due now, up to one batch, in the order of due time, those of one stream one after the other. Answers
   * how many. Begins when the tick before it has ended.
   */
  tick(): Promise<number> {
    const turn = this.lastTick.then(() => this.fireDue());
    this.lastTick = turn.catch(() => undefined);
    return turn;
  }

  /** Due timers may have come: look at once. */
  poke(): void {
    this.bell.ring();
  }

  start(): void {
    this.stopping = false;
    this.running ??= this.live();
  }

  /** What is being fired ends; what was claimed and not begun is given back. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.bell.ring();
    await this.running;
    this.running = undefined;
  }

  private async live(): Promise<void> {
    while (!this.stopping) {
      const fired = await this.tick().catch((error: unknown) => {
        this.options.onTrouble?.('timers could not be claimed', error);
        return 0;
      });
      if (fired < (this.options.batch ?? 50)) await this.bell.wait(this.options.pollMs ?? 500);
    }
  }

  private async fireDue(): Promise<number> {
    const claim = await this.claim();
    const begun = new Set<DueTimer>();
    const streams = [...Map.groupBy(claim.timers, (timer) => timer.key).values()];
    const lanes = Array.from({ length: Math.min(this.options.parallel ?? 4, streams.length) }, async () => {
      for (let stream = streams.shift(); stream !== undefined; stream = streams.shift()) {
        await this.fireInTurn(stream, claim.until, begun);
      }
    });
    await Promise.all(lanes);
    const rest = claim.timers.filter((timer) => !begun.has(timer));
    if (rest.length > 0) await this.own((tx) => releaseTimers(tx, rest, claim.until));
    return begun.size;
  }

  private async claim(): Promise<Claim> {
    const { unitOfWork, clock, batch = 50, leaseMs = 60_000 } = this.options;
    const now = clock.now();
    const until = later(now, leaseMs);
    const kinds = [...this.fires.keys()];
    if (kinds.length === 0) return { timers: [], until };
    const timers = await unitOfWork.run({ kind: 'system', key: '' }, (tx) =>
      claimTimers(tx, { now, until, kinds, limit: batch }),
    );
    return { timers, until };
  }

  private async fireInTurn(timers: readonly DueTimer[], until: InstantText, begun: Set<DueTimer>): Promise<void> {
    for (const timer of timers) {
      // Once the claim has run out another worker may have it.
      if (this.stopping || this.options.clock.now() >= until) return;
      begun.add(timer);
      await this.fire(timer, until);
    }
  }

  private async fire(timer: DueTimer, until: InstantText): Promise<void> {
    try {
      await this.fires.get(timer.kind)?.(timer);
      await this.own((tx) => finishTimer(tx, timer, until));
    } catch (error) {
      await this.failed(timer, until, error).catch((unwritten: unknown) =>
        this.options.onTrouble?.('a failed timer waits for its claim to run out', unwritten),
      );
    }
  }

  private async failed(timer: DueTimer, until: InstantText, error: unknown): Promise<void> {
    const { clock, firstRetryMs = 1_000, longestRetryMs = 300_000, attempts = 20 } = this.options;
    // A database that is away says nothing about the timer.
    const counted = error instanceof Unavailable ? timer.attempts : timer.attempts + 1;
    const parked = counted >= attempts;
    const now = clock.now();
    const reason = reasonOf(error);
    await this.own((tx) =>
      postponeTimer(tx, timer, {
        until,
        attempts: counted,
        nextAt: later(now, backOff(timer.attempts, firstRetryMs, longestRetryMs)),
        parkedAt: parked ? now : null,
        reason,
      }),
    );
    if (parked) this.options.onParked?.({ ...timer, attempts: counted }, reason);
  }

  private own(work: Parameters<UnitOfWork['run']>[1]): Promise<unknown> {
    return this.options.unitOfWork.run({ kind: 'system', key: '' }, work);
  }
}

function later(instant: InstantText, ms: number): InstantText {
  return new Date(Date.parse(instant) + ms).toISOString();
}
