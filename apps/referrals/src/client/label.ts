import { birthSpan, type BirthDateText, type DayText, type InstantText, type LabelView } from '#contracts';

interface Named {
  readonly given: string | null;
  readonly family: string | null;
  readonly birthDate: BirthDateText | null;
  readonly estimated?: boolean;
}

interface Band {
  readonly from: number;
  /** Null: no upper limit. */
  readonly to: number | null;
}

const bands: readonly Band[] = [
  { from: 0, to: 12 },
  { from: 13, to: 17 },
  { from: 18, to: 24 },
  { from: 25, to: 34 },
  { from: 35, to: 49 },
  { from: 50, to: 64 },
  { from: 65, to: null },
];

/** What the sender calls its client in a list. What is not known is null. */
export function senderLabel({ given, family, birthDate, estimated }: Named): LabelView {
  return { given, family, birthDate, ...markOf(estimated) };
}

/** What an agency sees: initials and age band, until its organization has opened the packet (contract.md §2.1). */
export function agencyLabel(client: Named, packetOpened: boolean, now: InstantText): LabelView {
  const { given, family, birthDate, estimated } = client;
  if (packetOpened) {
    const birthYear = birthDate === null ? null : Number(birthDate.slice(0, 4));
    return { given, family, birthYear, ...markOf(estimated) };
  }
  return {
    initials: [given, family].map((each) => (each === null ? '' : initial(each))).join(''),
    ageBand: birthDate === null ? 'unknown' : ageBandAt(birthDate, now.slice(0, 10)),
  };
}

function markOf(estimated: boolean | undefined): { readonly estimated?: boolean } {
  return estimated === true ? { estimated } : {};
}

/** Whole years between two days, at least zero. */
export function ageOn(birthDate: DayText, today: DayText): number {
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return Math.max(0, today.slice(5) < birthDate.slice(5) ? years - 1 : years);
}

export function ageBand(age: number): string {
  return inWords(bandOf(age), bandOf(age));
}

/** A birth known in part leaves two possible ages: if they are in two bands, the two bands are joined. */
function ageBandAt(birthDate: BirthDateText, today: DayText): string {
  const { first, last } = birthSpan(birthDate);
  return inWords(bandOf(ageOn(last, today)), bandOf(ageOn(first, today)));
}

function bandOf(age: number): Band {
  return bands.find(({ to }) => to === null || age <= to) ?? { from: 0, to: null };
}

function inWords(youngest: Band, oldest: Band): string {
  return oldest.to === null ? `${youngest.from}+` : `${youngest.from}-${oldest.to}`;
}

/** The first letter as a person would write it: one grapheme, upper case. */
function initial(name: string): string {
  const [first] = new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(name.trim());
  return (first?.segment ?? '').toLocaleUpperCase('en');
}
