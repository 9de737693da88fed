import type { InstantText } from '#contracts';
import { v7 } from 'uuid';

/** What time it is. Injected everywhere, so that tests move it. */
export interface Clock {
  now(): InstantText;
}

/** Where new ids come from: UUID v7, so that ids of one process sort by their making. */
export interface Ids {
  next(): string;
}

/** Nest injection tokens. */
export const CLOCK: unique symbol = Symbol('clock');
export const IDS: unique symbol = Symbol('ids');

export const systemClock: Clock = { now: () => new Date().toISOString() };
export const systemIds: Ids = { next: () => v7() };
