import type { UseQueryOptions } from '@tanstack/react-query';
import type { Answer, Result } from '../../door/http/answer.ts';
import type { Route, ValueOf } from '../../door/http/route.ts';
import type { Data } from '../data.ts';
import { answered } from './refusal.ts';

export type OneQuery<Value> = UseQueryOptions<Answer<Value>, Error, Value, readonly unknown[]>;

const askAgainMs = 2000;

/**
 * The read of one thing. It waits for the person's own writes about `subject`; if the view does not contain them yet, what
 * there is is shown, and asked for again after 2 s.
 */
export function one<R extends Route>(
  { door, positions }: Data,
  queryKey: readonly unknown[],
  route: R,
  asked: {
    readonly params?: Readonly<Record<string, string>>;
    readonly query?: object;
    readonly subject?: string;
  } = {},
): OneQuery<ValueOf<R>> {
  const ask = door.ask as (route: Route, given: object, patience: object) => Promise<Result<ValueOf<R>>>;
  const { params, query, subject } = asked;
  return {
    queryKey,
    queryFn: async ({ signal }) => {
      const after = route.marks.after === true ? positions.after(subject ?? null) : undefined;
      return answered(await ask(route, { params, query, after }, { signal }));
    },
    select: ({ value }) => value,
    refetchInterval: ({ state }) => (state.data?.reached === false ? askAgainMs : false),
  };
}
