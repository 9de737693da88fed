import type { Scope } from '#persistence';
import type { Stir } from './change.queries.ts';
import { changeFrame, openingFrames, replacedFrame, stillHere, type Beginning } from './live.ts';
import type { Places } from './places.ts';
import type { ReadChanges } from './readers/joined-reads.ts';

/** Receives the text of a stream: the socket of the answer. */
export interface Sink {
  write(text: string): void;
  end(): void;
  /** Bytes that the reader has not taken yet. */
  readonly waiting: number;
}

export interface StreamPace {
  readonly commentEveryMs: number;
  /** A stream ends with its token (contract.md §6.3); the reader connects again with a new one. */
  readonly endAfterMs: number;
}

const usualPace: StreamPace = { commentEveryMs: 15_000, endAfterMs: 15 * 60_000 };

/** The reader of a stream: what they may see, and the ids by which they name places in it. */
export interface Reader {
  readonly scope: Scope;
  readonly places: Places;
}

const readAtOnce = 500;
const mostWaiting = 256 * 1024;

/**
 * The stream of one reader: reads the changes that its scope may see, in order, and writes them. A reader that is too slow
 * is disconnected, and can resume where it stopped.
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

  /** Changes up to there were committed. Those that concern others are skipped without a read. */
  stirred(stir: Stir): void {
    if (this.concerns(stir)) this.catchUp(stir.upTo);
    else if (!this.busy && this.cursor >= this.wanted) this.cursor = this.wanted = Math.max(this.cursor, stir.upTo);
  }

  /** Reads and writes everything up to a change. */
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

  /** Ends it because a newer stream of the same person replaces it. */
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
      // The reader loses nothing: it connects again with the last id that it has.
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
