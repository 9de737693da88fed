import type { InstantText } from '#contracts';
import type { Tx } from '#persistence';
import { askStatement, listRebuildsStatement, runningStatement } from './rebuild.statements.ts';

/** `incomplete`: every stream was tried, and some kept their old rows; `faultList` says which ones and why. */
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
  /** Streams and events read from the logs so far. */
  readonly streams: number;
  readonly events: number;
  /** The streams that could not be rebuilt; the list contains the first 20. */
  readonly faults: number;
  readonly faultList: readonly RebuildFault[];
  /** What it is waiting for; null while it runs or after its end. */
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

/** Rebuilds of this service's groups: a person requests one, the strategy runs it beside the live reading. */
export class Rebuilds {
  constructor(private readonly options: RebuildsOptions) {}

  get groups(): readonly string[] {
    return this.options.groups;
  }

  /** Requests a rebuild. If one of the group is already running, returns the id of that one. */
  async ask(tx: Tx, { rebuildId, group, askedBy, now }: RebuildAsked): Promise<string> {
    await tx.query(askStatement, [rebuildId, group, askedBy, now]);
    const [running] = await tx.query(runningStatement, [group]);
    tx.afterCommit(() => this.options.requested?.());
    return running?.rebuildId ?? rebuildId;
  }

  /** Newest first; `before` is the rebuildId of the last one seen. */
  async list(tx: Tx, page: { readonly before?: string; readonly limit: number }): Promise<readonly RebuildView[]> {
    return tx.query(listRebuildsStatement.reads<RebuildView>(), [page.before ?? null, page.limit]);
  }
}
