import type { InstantText } from '#contracts';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** The instant this many milliseconds later (earlier, if negative). */
export function plus(instant: InstantText, milliseconds: number): InstantText {
  return new Date(Date.parse(instant) + milliseconds).toISOString();
}

/** Milliseconds from one instant to another; negative if `to` is before `from`. */
export function between(from: InstantText, to: InstantText): number {
  return Date.parse(to) - Date.parse(from);
}
