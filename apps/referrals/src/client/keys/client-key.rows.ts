import { rangesOf, type Readings } from './client-keys.ts';

/**
 * The clients of some organizations that match one of the readings, as a query of `client_id` alone: every term is
 * read from the index of the keys. Its parameters begin at `first`, and are {@link matchValues}.
 */
export function matching(first: number): string {
  const [owners, reading, term, low, high, terms] = [0, 1, 2, 3, 4, 5].map((each) => `$${first + each}`);
  // `offset 0` forces one index scan for each range: the planner cannot know how narrow a range is, and would read all.
  return `select k.client_id
    from unnest(${reading}::int[], ${term}::int[], ${low}::text[], ${high}::text[]) as a(reading, term, low, high)
    cross join lateral (select key.client_id from client_key key
      where key.owner_organization_id = any(${owners}::uuid[]) and key.key >= a.low and key.key < a.high offset 0) as k
    group by k.client_id, a.reading
    having count(distinct a.term) = (${terms}::int[])[a.reading]`;
}

export function matchValues(
  owners: readonly string[],
  readings: Readings,
): [owners: readonly string[], ...ranges: ReturnType<typeof rangesOf>] {
  return [owners, ...rangesOf(readings)];
}
