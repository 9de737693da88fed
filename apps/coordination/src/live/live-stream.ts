import type { Scope } from '#persistence';
import type { Stir } from './change.queries.ts';
import { changeFrame, openingFrames, replacedFrame, stillHere, type Beginning } from './live.ts';
import type { Places } from './places.ts';
import type { ReadChanges } from './readers/joined-reads.ts';

/** Where a stream's text goes: the answer's socket. */
export interface Sink {
  write(text: string): void;
  end(): void;
  /** Bytes that the reader has not taken yet. */
  readonly waiting: number;
}

export interface StreamPace {
  readonly commentEveryMs: number;
  /** A stream outlives no token (contract.md §6.3): then the reader comes back with a new one. */
  readonly endAfterMs: number;
}

const usualPace: StreamPace = { commentEveryMs: 15_000, endAfterMs: 15 * 60_000 };

/** Who listens: what they may see, and how places in it are called to them. */
export interface Reader {
  readonly scope: Scope;
  readonly places: Places;
}

const readAtOnce = 500;
const mostWaiting = 256 * 1024;

/**
 * One reader's stream: reads the changes that its scope may see, in order, and writes them. A reader that does not take
 * what it is sent is let go; it resumes where it stopped.
 */
export class LiveStream {
  private cursor: number;
  private wanted: number;
  private busy = false;
  private ended = false;
  private readonly timers: readonly NodeJS.Timeout[];

  constructor(
    private readonly reader: Reader,
    beginning: Beginning,
    private readonly sink: Sink,
    private readonly read: ReadChanges,
    pace: StreamPace = usualPace,
  ) {
    this.cursor = beginning.cursor;
    this.wanted = beginning.cursor;
    sink.write(openingFrames(beginning, reader.places));
    this.timers = [
      setInterval(() => sink.write(stillHere), pace.commentEveryMs).unref(),
      setTimeout(() => this.end(), pace.endAfterMs).unref(),
    ];
  }

  /** Changes up to there were committed. Those that concern others are passed over without a read. */
  stirred(stir: Stir): void {
    if (this.concerns(stir)) this.catchUp(stir.upTo);
    else if (!this.busy && this.cursor >= this.wanted) this.cursor = this.wanted = Math.max(this.cursor, stir.upTo);
  }

  /** Reads and writes what there is up to a change. */
  catchUp(upTo: number): void {
    this.wanted = Math.max(this.wanted, upTo);
    if (!this.busy && !this.ended) void this.run();
  }

  end(): void {
    if (this.ended) return;
    this.ended = true;
    this.timers.forEach((timer) => clearTimeout(timer));
    this.sink.end();
  }

  /** A newer stream of the same person takes its place. */
  replaced(): void {
    if (!this.ended) this.sink.write(replacedFrame);
    this.end();
  }

  private concerns({ organizationIds, networkIds }: Stir): boolean {
    const { scope } = this.reader;
    if (scope.kind === 'network') return networkIds.has(scope.networkId);
    return scope.kind === 'tenant' && organizationIds.has(scope.organizationId);
  }

  private async run(): Promise<void> {
    this.busy = true;
    try {
      while (this.cursor < this.wanted && !this.ended) await this.step(this.wanted);
    } catch {
      // The reader loses nothing: it comes back with the last id that it has.
      this.end();
    } finally {
      this.busy = false;
    }
  }

  private async step(upTo: number): Promise<void> {
    const changes = await this.read(this.reader.scope, this.cursor, upTo, readAtOnce);
    if (this.ended) return;
    for (const change of changes) this.sink.write(changeFrame(change, this.reader.places));
    this.cursor = changes.length === readAtOnce ? (changes.at(-1)?.changeId ?? upTo) : upTo;
    if (this.sink.waiting > mostWaiting) this.end();
  }
}
