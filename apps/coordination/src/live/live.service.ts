import { readScope, type Actor } from '#access';
import { InFlight } from '#service';
import { Injectable } from '@nestjs/common';
import { ChangeFeed } from './change-feed.ts';
import { ChangeQueries } from './change.queries.ts';
import { LiveStream, type Sink } from './live-stream.ts';
import { beginningFor } from './live.ts';

/** Streams of changes to whoever listens. */
@Injectable()
export class LiveService {
  constructor(
    private readonly changes: ChangeQueries,
    private readonly feed: ChangeFeed,
    private readonly inFlight: InFlight,
  ) {}

  /** Begins a stream; the returned function is to be called when its reader has gone. */
  async open(actor: Actor, lastEventId: string | undefined, open: () => Sink): Promise<() => void> {
    const kept = await this.changes.kept();
    const beginning = beginningFor(lastEventId, kept);
    const stream = new LiveStream(readScope(actor), beginning, open(), (...asked) => this.changes.seen(...asked));
    const unlisten = this.feed.listen((stir) => stream.stirred(stir), kept.last);
    stream.catchUp(kept.last);
    const stopping = (): void => stream.end();
    this.inFlight.stopping.addEventListener('abort', stopping);
    return () => {
      unlisten();
      this.inFlight.stopping.removeEventListener('abort', stopping);
      stream.end();
    };
  }
}
