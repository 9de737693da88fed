/**
 * A place in the log: the pair that orders it (traps.md 32). Both are decimal text: xid8 and bigint pass 2^53, and as
 * text they must never be compared (traps.md 33).
 */
export interface LogPlace {
  readonly xid: string;
  readonly position: string;
}

export const startOfLog: LogPlace = { xid: '0', position: '0' };

/** Whether everything up to `place` lies at or before `reached`. */
export function covers(reached: LogPlace, place: LogPlace): boolean {
  const ahead = BigInt(reached.xid) - BigInt(place.xid);
  return ahead > 0n || (ahead === 0n && BigInt(reached.position) >= BigInt(place.position));
}
