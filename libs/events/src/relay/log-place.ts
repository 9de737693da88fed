/**
 * A place in the log: the pair of values that orders it (traps.md 32). Both are decimal texts, because xid8 and bigint
 * exceed 2^53. They must never be compared as texts (traps.md 33).
 */
export interface LogPlace {
  readonly xid: string;
  readonly position: string;
}

export const startOfLog: LogPlace = { xid: '0', position: '0' };

/** Tells whether `place` is at or before `reached`. */
export function covers(reached: LogPlace, place: LogPlace): boolean {
  const ahead = BigInt(reached.xid) - BigInt(place.xid);
  return ahead > 0n || (ahead === 0n && BigInt(reached.position) >= BigInt(place.position));
}
