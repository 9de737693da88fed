import type { InstantText } from '#contracts';
import { v7 } from 'uuid';

/** Gives the current time. Injected everywhere, so that tests can move it. */
export interface Clock {
  now(): InstantText;
}

/** Makes new ids: UUID v7, so that the ids of one process sort by creation time. */
export interface Ids {
  next(): string;
}

/** Nest injection tokens. */
export const CLOCK: unique symbol = Symbol('clock');
export const IDS: unique symbol = Symbol('ids');

export const systemClock: Clock = { now: () => new Date().toISOString() };
export const systemIds: Ids = { next: () => v7() };
