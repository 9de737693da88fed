import type { InstantText } from '#contracts';
import type { Tx } from '#persistence';
import { askStatement, listRebuildsStatement, runningStatement } from './rebuild.statements.ts';

/** `incomplete`: every stream was tried, and some stand as they stood before; `faultList` says which and why. */
export type RebuildState = 'running' | 'done' | 'incomplete';

export interface RebuildFault {
  readonly key: string;
  readonly reason: string;
}

/** A rebuild as a person sees it. */
export interface RebuildView {
  readonly rebuildId: string;
  readonly group: string;
  readonly state: RebuildState;
  /** Streams and events that were read from the logs so far. */
  readonly streams: number;
  readonly events: number;
  /** Streams that could not be made anew; the first 20 of them in the list. */
  readonly faults: number;
  readonly faultList: readonly RebuildFault[];
  /** What it waits for; null when it goes on, or has ended. */
  readonly waiting: string | null;
  readonly askedAt: InstantText;
  readonly endedAt: InstantText | null;
}

export interface RebuildAsked {
  readonly rebuildId: string;
  readonly group: string;
  readonly askedBy: string;
  readonly now: InstantText;
}

export interface RebuildsOptions {
  /** The groups that can be rebuilt. */
  readonly groups: readonly string[];
  /** Called after the commit of a request: wakes the strategy (`strategy.rebuildSoon()`). */
  readonly requested?: () => void;
}

/** Rebuilds of this service's groups: asked for by a person, done by the strategy beside the live reading. */
export class Rebuilds {
  constructor(private readonly options: RebuildsOptions) {}

  get groups(): readonly string[] {
    return this.options.groups;
  }

  /** Asks for a rebuild, unless one of the group is running. Gives back the id of the one that is. */
  async ask(tx: Tx, { rebuildId, group, askedBy, now }: RebuildAsked): Promise<string> {
    await tx.query(askStatement, [rebuildId, group, askedBy, now]);
    const [running] = await tx.query<{ rebuildId: string }>(runningStatement, [group]);
    tx.afterCommit(() => this.options.requested?.());
    return running?.rebuildId ?? rebuildId;
  }

  /** The newest first; `before` is the rebuildId of the last one seen. */
  async list(tx: Tx, page: { readonly before?: string; readonly limit: number }): Promise<readonly RebuildView[]> {
    return tx.query<RebuildView>(listRebuildsStatement, [page.before ?? null, page.limit]);
  }
}
