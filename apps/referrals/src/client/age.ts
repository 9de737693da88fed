import type { ClientAgeView, DayText, InstantText } from '#contracts';

const ofAge = 18;

/** What is certain of a client's age at an instant, computed without the day of birth, because a part of it may be unknown. */
export function ageAt(birthDate: DayText, at: InstantText): ClientAgeView {
  const day = at.slice(0, 10);
  const first = `${birthDate}-01-01`.slice(0, 10);
  const last = birthDate.length === 4 ? `${birthDate}-12-31` : birthDate.length === 7 ? `${birthDate}-31` : birthDate;
  return { born: day >= first, adult: day >= later(last) ? true : day < later(first) ? false : null };
}

/** Text order is time order: 29 February falls between 28 February and 1 March in every year. */
function later(day: DayText): DayText {
  return `${String(Number(day.slice(0, 4)) + ofAge).padStart(4, '0')}${day.slice(4)}`;
}
