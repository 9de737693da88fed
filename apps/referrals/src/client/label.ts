import type { DayText, InstantText, LabelView } from '#contracts';

interface Named {
  readonly given: string;
  readonly family: string;
  readonly birthDate: DayText;
}

const bands: readonly (readonly [number, string])[] = [
  [12, '0-12'],
  [17, '13-17'],
  [24, '18-24'],
  [34, '25-34'],
  [49, '35-49'],
  [64, '50-64'],
];

/** What the sender calls its client in a list. */
export function senderLabel(client: Named): LabelView {
  return { given: client.given, family: client.family, birthDate: client.birthDate };
}

/** What an agency sees: initials and age band, until its organization has opened the packet (contract.md §2.1). */
export function agencyLabel(client: Named, packetOpened: boolean, now: InstantText): LabelView {
  if (packetOpened)
    return { given: client.given, family: client.family, birthYear: Number(client.birthDate.slice(0, 4)) };
  return {
    initials: `${initial(client.given)}${initial(client.family)}`,
    ageBand: ageBand(ageOn(client.birthDate, now.slice(0, 10))),
  };
}

/** Whole years between two days. */
export function ageOn(birthDate: DayText, today: DayText): number {
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return today.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

export function ageBand(age: number): string {
  return bands.find(([most]) => age <= most)?.[1] ?? '65+';
}

/** The first letter as a person would write it: one grapheme, upper case. */
function initial(name: string): string {
  const [first] = new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(name.trim());
  return (first?.segment ?? '').toLocaleUpperCase('en');
}
