import { v7 } from 'uuid';

/** Implements the `Ids` of #events: UUIDs v7 that are the same in every run and increase. */
export interface SeededIds {
  next(): string;
}

/** 2026-01-01: before any test's clock, so no id is in its future. */
const START_MS = 1_767_225_600_000;

/** Two seeds have no id in common. */
export function seededIds(seed = 1): SeededIds {
  const random = randomFrom(seed);
  let count = 0;
  return {
    next: () => {
      count += 1;
      return v7({
        msecs: START_MS + count,
        seq: count,
        random: Uint8Array.from({ length: 16 }, () => random() & 0xff),
      });
    },
  };
}

/** mulberry32: whole numbers below 2 ** 32, the same for the same seed; small, and random enough to keep ids apart. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}
