export type DatePart = 'day' | 'month' | 'year';

const parts: readonly DatePart[] = ['day', 'month', 'year'];

/** The order in which people of this locale write a date. */
export function dateOrder(locale: string): readonly DatePart[] {
  const written = new Intl.DateTimeFormat(locale).formatToParts(0).map(({ type }) => type);
  return [...parts].sort((a, b) => written.indexOf(a) - written.indexOf(b));
}
