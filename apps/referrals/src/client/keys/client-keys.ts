import { birthKeys, birthReadings, nameKeys, nameReadings, type NewClient, type SearchClients } from '#contracts';
import type { CountryCode } from 'libphonenumber-js';
import { askedPhone, readPhone } from './phone.ts';

/** Keys of names, births and telephone numbers share one index; their first letter tells which is which. */
const name = (text: string): string => `n${text}`;
const birth = (text: string): string => `b${text}`;
const phone = (text: string): string => `p${text}`;

type Known = Pick<NewClient, 'given' | 'family' | 'birthDate' | 'phone'>;

/** Everything that a client is found by. */
export function keysOf(client: Known, region: CountryCode): readonly string[] {
  return [
    ...nameKeys(client.given ?? '', client.family ?? '').map(name),
    ...(client.birthDate === undefined ? [] : birthKeys(client.birthDate).map(birth)),
    ...(client.phone === undefined ? [] : readPhone(client.phone, region).digits.map(phone)),
  ];
}

/** A range of keys; a term matches if a key of the client lies in one of its ranges. */
export interface KeyRange {
  readonly low: string;
  readonly high: string;
}

/** The ways to read a query; a reading matches if all of its terms match. */
export type Readings = readonly (readonly (readonly KeyRange[])[])[];

const beginning = (key: string): KeyRange => ({ low: key, high: `${key}\u{10ffff}` });
const exactly = (key: string): KeyRange => ({ low: key, high: `${key}\u0001` });

export function readingsOf(asked: SearchClients, region: CountryCode): Readings {
  const { name: names, birthDate, phone: number } = asked;
  const others = [
    ...(birthDate === undefined ? [] : [birthReadings(birthDate).map((each) => exactly(birth(each)))]),
    ...(number === undefined ? [] : [askedPhone(number, region).digits.map((each) => exactly(phone(each)))]),
  ];
  if (names === undefined) return [others];
  return nameReadings(names).map((words) => [...words.map((word) => [beginning(name(word))]), ...others]);
}

/** Finds who may be the same person: the same names in any order and spelling, or the same number. */
export function twinReadings({ given = '', family = '', phone: number }: Known, region: CountryCode): Readings {
  const [words = []] = nameReadings(`${given} ${family}`);
  const run = nameReadings(`${given}${family}`).at(-1) ?? [];
  const digits = number === undefined ? [] : askedPhone(number, region).digits;
  return [
    words.map((word) => [exactly(name(word))]),
    run.map((word) => [exactly(name(word))]),
    ...(digits.length === 0 ? [] : [[digits.map((each) => exactly(phone(each)))]]),
  ];
}

/** As columns, for one statement: reading, term, range; and how many terms each reading has. */
export function rangesOf(readings: Readings): readonly [number[], number[], string[], string[], number[]] {
  const rows = readings.flatMap((terms, reading) =>
    terms.flatMap((ranges, term) => ranges.map((range) => ({ reading: reading + 1, term, ...range }))),
  );
  return [
    rows.map((row) => row.reading),
    rows.map((row) => row.term),
    rows.map((row) => row.low),
    rows.map((row) => row.high),
    readings.map((terms) => terms.length),
  ];
}
