import type { DayText } from '../../ids.ts';

/** A birth date as far as it is known: `1980-02-03`, `1980-02` or `1980`. */
export type BirthDateText = DayText;

const pattern = /^\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?$/;

/** `isDay` says of a whole date whether a calendar has it. */
export function isBirthDate(value: string, isDay: (day: string) => boolean): boolean {
  return pattern.test(value) && !value.startsWith('0000') && (value.length < 10 || isDay(value));
}

/** The first and the last day that the birth may have been: text order is time order, so every month has a 31st. */
export function birthSpan(value: BirthDateText): { readonly first: DayText; readonly last: DayText } {
  const last = value.length === 4 ? `${value}-12-31` : value.length === 7 ? `${value}-31` : value;
  return { first: `${value}-01-01`.slice(0, 10), last };
}

/** Whether both may be of one person: the one that is known less closely is where the other begins. */
export function birthsAgree(one: BirthDateText, other: BirthDateText): boolean {
  return one.startsWith(other) || other.startsWith(one);
}

/** What a stored birth date is found by: as it is known, and by the month and the year that are sure. */
export function birthKeys(value: BirthDateText): readonly string[] {
  return [
    `=${value}`,
    ...[4, 7, 10].filter((length) => length <= value.length).map((length) => value.slice(0, length)),
  ];
}

/** Keys of which one must be stored: what is asked and all within it, or what is known less closely and agrees. */
export function birthReadings(asked: BirthDateText): readonly string[] {
  return [asked, ...[4, 7].filter((length) => length < asked.length).map((length) => `=${asked.slice(0, length)}`)];
}
