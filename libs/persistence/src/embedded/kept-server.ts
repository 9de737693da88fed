/** A server that runs until it is stopped or ends by itself. */
export interface Server {
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

export interface KeptServerOptions {
  /** Starts it again; gives up when `mayGoOn` returns false. */
  readonly again: (mayGoOn: () => boolean) => Promise<Server>;
  /** One short sentence for the person at the terminal. */
  readonly log: (line: string) => void;
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;
/** If a server lived this long, its end was a single accident: the next start does not wait. */
const GOOD_LIFE_MS = 60_000;
/** How often the reason is repeated while it does not start; a new reason is reported immediately. */
const SAY_EVERY_MS = 60_000;

/**
 * Restarts a server that ended without being stopped: killed, out of memory, out of disk space. Pauses grow to 10 s while
 * it keeps ending. It never gives up, because a disk may be full for a whole night.
 */
export class KeptServer {
  private server: Server;
  private stopping = false;
  private wake: () => void = () => undefined;
  private readonly kept: Promise<void>;
  private readonly o: KeptServerOptions;

  constructor(first: Server, o: KeptServerOptions) {
    this.server = first;
    this.o = o;
    this.kept = this.keep();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.wake();
    await this.server.stop();
    await this.kept;
    await this.server.stop();
  }

  private async keep(): Promise<void> {
    for (let failures = 0; ;) {
      const begun = performance.now();
      await this.server.ended;
      if (this.stopping) return;
      if (performance.now() - begun > GOOD_LIFE_MS) failures = 0;
      this.o.log('PostgreSQL ended unexpectedly; starting it again ...');
      const from = performance.now();
      await this.untilItRuns(failures);
      if (this.stopping) return;
      failures += 1;
      this.o.log(`PostgreSQL is up again (${((performance.now() - from) / 1000).toFixed(1)} s)`);
    }
  }

  private async untilItRuns(failedBefore: number): Promise<void> {
    let said = { words: '', at: 0 };
    for (let failures = failedBefore; !this.stopping; failures += 1) {
      if (failures > 0) await this.pause(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(failures - 1, 10)));
      if (this.stopping) return;
      try {
        this.server = await this.o.again(() => !this.stopping);
        return;
      } catch (error) {
        const words = error instanceof Error ? error.message : String(error);
        if (words === said.words && performance.now() - said.at < SAY_EVERY_MS) continue;
        said = { words, at: performance.now() };
        if (!this.stopping) this.o.log(`${words}; trying again`);
      }
    }
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      timer.unref();
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
