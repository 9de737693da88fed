import { readScope, type Actor } from '#access';
import { DEPLOYMENT, InFlight, type DeploymentConfig } from '#service';
import { Inject, Injectable } from '@nestjs/common';
import { CoordinationConfig } from '../coordination.config.ts';
import { ChangeFeed } from './change-feed.ts';
import { ChangeQueries } from './change.queries.ts';
import { LiveStream, type Sink } from './live-stream.ts';
import { beginningFor, type Kept } from './live.ts';
import { Places } from './places.ts';
import { OpenStreams, usualMostStreams } from './readers/open-streams.ts';
import { circleOf, JoinedReads } from './readers/joined-reads.ts';

/** Opens streams of changes. */
@Injectable()
export class LiveService {
  private readonly reads = new JoinedReads((...asked) => this.changes.seen(...asked));
  private readonly streams: OpenStreams;
  private keptNow: Promise<Kept> | undefined;

  constructor(
    private readonly changes: ChangeQueries,
    private readonly feed: ChangeFeed,
    private readonly inFlight: InFlight,
    config: CoordinationConfig,
    @Inject(DEPLOYMENT) private readonly deployment: DeploymentConfig,
  ) {
    const ofOrganization = config.LIVE_STREAMS_PER_ORGANIZATION;
    this.streams = new OpenStreams({ ...usualMostStreams, ofOrganization });
  }

  /** Starts a stream; call the returned function when its reader has gone. */
  async open(actor: Actor, lastEventId: string | undefined, open: () => Sink): Promise<() => void> {
    this.streams.makeRoom(actor);
    const kept = await this.kept();
    // others may have connected during the query
    this.streams.makeRoom(actor);
    const scope = readScope(actor);
    const places = new Places(this.deployment.secrets.cookieKeys[0] ?? '', circleOf(scope));
    const beginning = beginningFor(lastEventId, kept, places);
    const stream = new LiveStream({ scope, places }, beginning, open(), (...asked) => this.reads.seen(...asked));
    this.streams.opened(actor, stream);
    const unlisten = this.feed.listen((stir) => stream.stirred(stir), kept.last);
    stream.catchUp(kept.last);
    const stopping = (): void => stream.end();
    this.inFlight.stopping.addEventListener('abort', stopping);
    return () => {
      unlisten();
      this.streams.closed(actor, stream);
      this.inFlight.stopping.removeEventListener('abort', stopping);
      stream.end();
    };
  }

  /** One query for all callers that come at the same time. */
  private kept(): Promise<Kept> {
    this.keptNow ??= this.changes.kept().finally(() => (this.keptNow = undefined));
    return this.keptNow;
  }
}
