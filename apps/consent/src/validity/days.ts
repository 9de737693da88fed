import type { DayText, InstantText } from '#contracts';

const dayMs = 86_400_000;

/** The instant that many days later (negative: earlier). A day is 24 hours until calendars exist (contract.md §2.2). */
export function plusDays(instant: InstantText, days: number): InstantText {
  return new Date(Date.parse(instant) + days * dayMs).toISOString();
}

/** The first instant after that day, in UTC: what is valid on a day is valid until it is over. */
export function endOfDay(day: DayText): InstantText {
  return plusDays(`${day}T00:00:00.000Z`, 1);
}
