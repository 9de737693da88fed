import type { DayText } from '../../ids.ts';

/** A birth date as far as it is known: `1980-02-03`, `1980-02` or `1980`. */
export type BirthDateText = DayText;

const pattern = /^\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?$/;

/** For a whole date, `isDay` checks that the calendar has it. */
export function isBirthDate(value: string, isDay: (day: string) => boolean): boolean {
  return pattern.test(value) && !value.startsWith('0000') && (value.length < 10 || isDay(value));
}

/** The first and last possible day of the birth: text order is time order, so every month may count 31 days. */
export function birthSpan(value: BirthDateText): { readonly first: DayText; readonly last: DayText } {
  const last = value.length === 4 ? `${value}-12-31` : value.length === 7 ? `${value}-31` : value;
  return { first: `${value}-01-01`.slice(0, 10), last };
}

/** Tells whether both may belong to one person: the less precise one is a prefix of the other. */
export function birthsAgree(one: BirthDateText, other: BirthDateText): boolean {
  return one.startsWith(other) || other.startsWith(one);
}

/** The search keys of a stored birth date: the date as known, and the month and year that are certain. */
export function birthKeys(value: BirthDateText): readonly string[] {
  return [
    `=${value}`,
    ...[4, 7, 10].filter((length) => length <= value.length).map((length) => value.slice(0, length)),
  ];
}

/** The keys of which one must be stored: the requested date and everything within it, or a less precise date that agrees. */
export function birthReadings(asked: BirthDateText): readonly string[] {
  return [asked, ...[4, 7].filter((length) => length < asked.length).map((length) => `=${asked.slice(0, length)}`)];
}
