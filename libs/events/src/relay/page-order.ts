/** What of an event decides its order among those of its stream. */
export interface Versioned {
  readonly key: string;
  readonly streamVersion: number;
}

/**
 * The events of a page of the log, each stream's in the order of its versions; every stream keeps its places in the page.
 * A transaction that wrote before it locked its stream has an older id than the one it waited for, so the log has its
 * event first (architecture.md §5). Both can be read from the same instant on, as the one waited for the other's end.
 */
export function inVersionOrder<E extends Versioned>(page: readonly E[]): readonly E[] {
  const streams = new Map<string, E[]>();
  for (const event of page) {
    const known = streams.get(event.key);
    if (known === undefined) streams.set(event.key, [event]);
    else known.push(event);
  }
  for (const events of streams.values()) events.sort((a, b) => a.streamVersion - b.streamVersion);
  return page.map((event) => streams.get(event.key)?.shift() ?? event);
}

/** For each event whose predecessor is not in the page: the predecessor. */
export function missingPredecessors<E extends Versioned>(page: readonly E[]): readonly Versioned[] {
  const present = new Set(page.map(nameOf));
  return page
    .filter(({ streamVersion }) => streamVersion > 1)
    .map(({ key, streamVersion }) => ({ key, streamVersion: streamVersion - 1 }))
    .filter((each) => !present.has(nameOf(each)));
}

/**
 * The longest beginning of the page that may be sent by itself: none of its events has its predecessor in `beyond`, which
 * is what stands after the page's end, or in what was cut off.
 */
export function cutBefore<E extends Versioned>(page: readonly E[], beyond: readonly Versioned[]): readonly E[] {
  const late = new Set(beyond.map(nameOf));
  let kept = page;
  for (;;) {
    const at = kept.findIndex(({ key, streamVersion }) => late.has(nameOf({ key, streamVersion: streamVersion - 1 })));
    if (at === -1) return kept;
    for (const cut of kept.slice(at)) late.add(nameOf(cut));
    kept = kept.slice(0, at);
  }
}

function nameOf({ key, streamVersion }: Versioned): string {
  return `${streamVersion} ${key}`;
}
