import type { UseQueryOptions } from '@tanstack/react-query';
import type { Result } from '../../door/http/answer.ts';
import type { Page, PageAsked, Route, ValueOf } from '../../door/http/route.ts';
import type { Data } from '../data.ts';
import { answered } from './refusal.ts';

export type ItemOf<R extends Route> = ValueOf<R> extends Page<infer Item> ? Item : never;
export type WholeQuery<Item> = UseQueryOptions<readonly Item[], Error, readonly Item[], readonly unknown[]>;

/** More pages than any directory has: an error of the server must not keep the browser busy for ever. */
const mostPages = 50;

interface ListWanted {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: object;
  readonly body?: object;
  /** The id of what the list belongs to, for a list that waits for own writes. */
  readonly subject?: string;
}

/** Every page of a short list, such as the organizations of a network. */
export function wholeList<R extends Route>(
  { door, positions }: Data,
  queryKey: readonly unknown[],
  route: R,
  { subject, ...asked }: ListWanted = {},
): WholeQuery<ItemOf<R>> {
  const ask = door.ask as (route: Route, given: object, patience: object) => Promise<Result<Page<ItemOf<R>>>>;
  return {
    queryKey,
    queryFn: async ({ signal }) => {
      const after = route.marks.after === true ? positions.after(subject ?? null) : undefined;
      const items: ItemOf<R>[] = [];
      let next: string | null = '';
      for (let pages = 0; next !== null && pages < mostPages; pages += 1) {
        const query: PageAsked = { ...asked.query, limit: 100, ...(next === '' ? {} : { cursor: next }) };
        const { value } = answered(await ask(route, { ...asked, query, after }, { signal }));
        items.push(...value.items);
        next = value.next;
      }
      return items;
    },
  };
}
