import type { InstantText } from '#contracts';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** The instant so many milliseconds later (earlier, where negative). */
export function plus(instant: InstantText, milliseconds: number): InstantText {
  return new Date(Date.parse(instant) + milliseconds).toISOString();
}

/** Milliseconds from one instant to another; negative when `to` lies before `from`. */
export function between(from: InstantText, to: InstantText): number {
  return Date.parse(to) - Date.parse(from);
}
