import type { LabelView } from '#contracts';

/** How old somebody is, as far as it is known. */
export type Age =
  | { readonly says: 'unknown' }
  | { readonly says: 'band'; readonly from: string; readonly to: string }
  | { readonly says: 'over'; readonly age: string };

export type Born =
  { readonly says: 'on'; readonly day: string } | { readonly says: 'in' | 'about'; readonly year: string };

/** What a list may call a person (domain.md §9): a name and a birth, initials and an age band, or nothing. */
export type Label =
  | { readonly says: 'name'; readonly name: string; readonly born: Born | null }
  | { readonly says: 'initials'; readonly initials: string; readonly age: Age }
  | { readonly says: 'hidden' };

/** Reads a label of the API. Parts that are not known are left out; a label without any is hidden. */
export function labelOf(view: LabelView | null): Label {
  if (view === null) return { says: 'hidden' };
  const name = [view.given, view.family].filter((part) => part !== undefined && part !== null && part !== '').join(' ');
  if (name !== '') return { says: 'name', name, born: bornOf(view) };
  if (view.initials === undefined || view.initials === '') return { says: 'hidden' };
  return { says: 'initials', initials: dotted(view.initials), age: ageOf(view.ageBand ?? 'unknown') };
}

/** Of an estimate only the year is said: its day was made up. */
function bornOf({ birthDate, birthYear, estimated = false }: LabelView): Born | null {
  const year = birthYear ?? birthDate?.slice(0, 4);
  if (year === undefined) return null;
  if (estimated) return { says: 'about', year: year.toString() };
  return birthDate?.length === 10 ? { says: 'on', day: birthDate } : { says: 'in', year: year.toString() };
}

/** `35-49`, `65+` or `unknown`. */
function ageOf(band: string): Age {
  const [, from, to] = /^(\d+)-(\d+)$/.exec(band) ?? [];
  if (from !== undefined && to !== undefined) return { says: 'band', from, to };
  const [, age] = /^(\d+)\+$/.exec(band) ?? [];
  return age === undefined ? { says: 'unknown' } : { says: 'over', age };
}

/** "RV" is read as a word, "R.V." as two letters. */
function dotted(initials: string): string {
  return [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(initials)]
    .map(({ segment }) => `${segment}.`)
    .join('');
}
