export interface PollingOptions {
  /** The polling interval behind {@link PollingLoop.soon}, for requests made in another process. */
  readonly everyMs: number;
  readonly round: () => Promise<void>;
  /** Called when a round ended early; the next one tries again. */
  readonly onTrouble: (error: unknown) => void;
}

/** A worker that works in rounds: all such workers start, wake, wait and stop in the same way. */
export abstract class PollingWorker {
  protected readonly loop: PollingLoop;

  protected constructor(options: Omit<PollingOptions, 'round'>) {
    this.loop = new PollingLoop({ ...options, round: () => this.round() });
  }

  /** Tells whether anything can be requested at all. */
  protected abstract readonly hasWork: boolean;

  protected abstract round(): Promise<void>;

  start(): void {
    if (this.hasWork) this.loop.start();
  }

  /** Looks for requests now. */
  soon(): void {
    this.loop.soon();
  }

  /** Resolves when everything requested before the call is done, given up or waiting. */
  drained(): Promise<void> {
    return this.loop.drained();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }
}

/** Work that is looked for at intervals, and immediately on request: one round at a time, and no request is lost. */
class PollingLoop {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private again = false;
  private ended = true;

  constructor(private readonly o: PollingOptions) {}

  get stopped(): boolean {
    return this.ended;
  }

  start(): void {
    this.ended = false;
    this.timer = setInterval(() => this.soon(), this.o.everyMs);
    this.timer.unref();
    this.soon();
  }

  /** Starts a round, or another one after the running one. */
  soon(): void {
    if (this.ended) return;
    this.again = true;
    this.running ??= this.go().finally(() => (this.running = undefined));
  }

  /** Resolves when everything requested before the call is done or given up. */
  async drained(): Promise<void> {
    this.soon();
    await this.running;
  }

  async stop(): Promise<void> {
    this.ended = true;
    clearInterval(this.timer);
    await this.running;
  }

  private async go(): Promise<void> {
    while (this.again && !this.ended) {
      this.again = false;
      try {
        await this.o.round();
      } catch (error) {
        this.o.onTrouble(error);
      }
    }
  }
}
