/** A command of this person that was done: reads of these things wait until they contain it. Instants in milliseconds. */
export interface Written {
  /** Ids of the Task, the referral and so on that it changed. */
  readonly subjects: readonly string[];
  readonly position: string;
  readonly at: number;
}

/** Long enough for every view to contain it; after that a read need not wait. */
export const rememberedMs = 60_000;

/** The newest first; what is older than a minute is forgotten. */
export function remembered(known: readonly Written[], written: Written): readonly Written[] {
  return [
    written,
    ...known.filter(({ at, position }) => position !== written.position && written.at - at < rememberedMs),
  ];
}

/**
 * The `after` of a read. A read takes one position: of one thing its own newest, of a list the newest of all, since that
 * was written last. Null where nothing was written lately.
 */
export function afterFor(known: readonly Written[], subject: string | null, now: number): string | null {
  const lately = known.filter(({ at }) => now - at < rememberedMs);
  return lately.find(({ subjects }) => subject === null || subjects.includes(subject))?.position ?? null;
}
