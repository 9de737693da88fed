import type { Section } from './sections.ts';

/** After years nearly all rows have ended. A filter that leaves few of those has an index of its own. */
export type EndedSlice = 'ended by state' | 'ended of person' | 'ended rerouting';

/** What one statement of a list reads: a section, or the ended rows by the index of a filter. */
export type Slice = Section | EndedSlice;

export function bySlice<Name extends Slice, Each>(
  slices: readonly Name[],
  make: (slice: Name) => Each,
): Readonly<Record<Name, Each>> {
  return Object.fromEntries(slices.map((slice) => [slice, make(slice)])) as Record<Name, Each>;
}

export function sectionOf(slice: Slice): Section {
  return slice === 'ended by state' || slice === 'ended of person' || slice === 'ended rerouting' ? 'ended' : slice;
}

/**
 * The first rows of each value of a list, merged in SQL. `rows` gives the statement for one value: it uses an index that
 * begins with the column, so it passes over no row of another value. `first` is their order and limit.
 */
export function eachOf(list: string, rows: (value: string) => string, first: string): string {
  return `select found.* from unnest(${list}) as wanted (value) cross join lateral (${rows('wanted.value')}) as found
    ${first}`;
}

/**
 * Filters that may be absent, as one condition in SQL. PostgreSQL takes a case as leaving half of the rows. Of separate
 * conditions it would expect that together they leave none, and so sort the whole list instead of reading a page by its
 * index.
 */
export function filtered(conditions: readonly string[]): string {
  return `case when ${conditions.join(' and ')} then true else false end`;
}
