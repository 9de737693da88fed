/** The part of an event that decides its order within its stream. */
export interface Versioned {
  readonly key: string;
  readonly streamVersion: number;
  /** It is in the log before its predecessor, the event of the version before. */
  readonly early: boolean;
}

/**
 * The longest beginning of a page of the log that may be sent now: no early event in it is without its predecessor. The
 * predecessor may be behind the end of the page. Or it is not readable yet, because a third transaction with an id
 * between the two is still running.
 */
export function sendable<E extends Versioned>(page: readonly E[]): readonly E[] {
  let kept = page;
  for (;;) {
    const present = new Set(kept.map(nameOf));
    const at = kept.findIndex(
      ({ early, key, streamVersion }) => early && !present.has(nameOf({ key, streamVersion: streamVersion - 1 })),
    );
    if (at === -1) return kept;
    kept = kept.slice(0, at);
  }
}

/**
 * The events of a page, each stream's in the order of its versions; every stream keeps its places in the page. A
 * transaction that wrote before it locked its stream has an older id than the one that it waited for, so its event is
 * first in the log (architecture.md §5).
 */
export function inVersionOrder<E extends Versioned>(page: readonly E[]): readonly E[] {
  if (!page.some(({ early }) => early)) return page;
  const streams = new Map<string, E[]>();
  for (const event of page) {
    const known = streams.get(event.key);
    if (known === undefined) streams.set(event.key, [event]);
    else known.push(event);
  }
  for (const events of streams.values()) events.sort((a, b) => a.streamVersion - b.streamVersion);
  return page.map((event) => streams.get(event.key)?.shift() ?? event);
}

function nameOf({ key, streamVersion }: Pick<Versioned, 'key' | 'streamVersion'>): string {
  return `${streamVersion} ${key}`;
}
