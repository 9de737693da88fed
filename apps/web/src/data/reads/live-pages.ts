import type { InfiniteData, QueryClient, UseInfiniteQueryOptions } from '@tanstack/react-query';
import type { Result } from '../../door/http/answer.ts';
import type { Page, PageAsked, Route } from '../../door/http/route.ts';
import type { Data } from '../data.ts';
import { keys } from '../keys.ts';
import { listed, patched, type ListPage, type ListRules, type ReadAgain } from '../live/live-list.ts';
import { answered } from './refusal.ts';
import type { ItemOf } from './whole-list.ts';

export type LivePages<Row> = InfiniteData<ListPage<Row>, string | null>;
export type LiveQuery<Row> = UseInfiniteQueryOptions<
  ListPage<Row>,
  Error,
  LivePages<Row>,
  readonly unknown[],
  string | null
>;

const pageRows = 100;

/** The pages of a list, in the server's order; live news change rows at their places. */
export function livePages<R extends Route>(
  data: Data,
  queryKey: readonly unknown[],
  route: R,
  filters: object,
): LiveQuery<ItemOf<R>> {
  return {
    queryKey,
    queryFn: async ({ signal, pageParam, client }) => {
      const { items, next } = await pageOf(data, route, { ...filters, ...cursorOf(pageParam) }, signal);
      if (pageParam === null) client.setQueryData(keys.arrivals(queryKey), []);
      return listed(items, next);
    },
    initialPageParam: null,
    getNextPageParam: ({ next }) => next,
    // a list that reads itself again would move under the reader's eyes
    staleTime: Infinity,
  };
}

/** Reads as many rows as are shown, from the beginning, without touching what is shown. */
export async function readAgain<R extends Route>(
  data: Data,
  queryKey: readonly unknown[],
  route: R,
  filters: object,
): Promise<readonly ItemOf<R>[]> {
  const shown = data.queryClient.getQueryData<LivePages<ItemOf<R>>>(queryKey)?.pages.length ?? 0;
  const rows: ItemOf<R>[] = [];
  let cursor: string | null = null;
  for (let pages = 0; pages < shown && (pages === 0 || cursor !== null); pages += 1) {
    const page: Page<ItemOf<R>> = await pageOf(data, route, { ...filters, ...cursorOf(cursor) });
    rows.push(...page.items);
    cursor = page.next;
  }
  return rows;
}

/** Puts rows that were read again into one list of the cache. */
export function patchPages<Row>(
  queryClient: QueryClient,
  queryKey: readonly unknown[],
  read: ReadAgain<Row>,
  rules: ListRules<Row>,
): void {
  const data = queryClient.getQueryData<LivePages<Row>>(queryKey);
  if (data === undefined) return;
  const arrivals = queryClient.getQueryData<readonly string[]>(keys.arrivals(queryKey)) ?? [];
  const after = patched({ pages: data.pages, arrivals }, read, rules);
  queryClient.setQueryData<LivePages<Row>>(queryKey, { ...data, pages: [...after.pages] });
  queryClient.setQueryData(keys.arrivals(queryKey), after.arrivals);
}

async function pageOf<R extends Route>(
  { door, positions }: Data,
  route: R,
  filters: PageAsked,
  signal?: AbortSignal,
): Promise<Page<ItemOf<R>>> {
  const ask = door.ask as (route: Route, given: object, patience: object) => Promise<Result<Page<ItemOf<R>>>>;
  const query: PageAsked = { ...filters, limit: pageRows };
  return answered(await ask(route, { query, after: positions.after(null) }, { signal })).value;
}

function cursorOf(cursor: string | null): PageAsked {
  return cursor === null ? {} : { cursor };
}
