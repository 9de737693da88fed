import type { DayText, InstantText } from '#contracts';

const dayMs = 86_400_000;

/** The instant this many days later (negative: earlier). A day is 24 hours until there are calendars (contract.md §2.2). */
export function plusDays(instant: InstantText, days: number): InstantText {
  return new Date(Date.parse(instant) + days * dayMs).toISOString();
}

/** The first instant after that day, in UTC: a consent valid on a day is valid until the day is over. */
export function endOfDay(day: DayText): InstantText {
  return plusDays(`${day}T00:00:00.000Z`, 1);
}
