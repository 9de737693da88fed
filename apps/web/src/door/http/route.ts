/** How the API is called, as types: a route says what it takes, what it gives, and which marks of contract.md §1 it has. */

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** `key`: needs `Idempotency-Key` (✎). `ifMatch`: needs `If-Match` as well (⇄). `after`: takes a `Position` (⧗). */
export interface Marks {
  readonly key?: true;
  readonly ifMatch?: true;
  readonly after?: true;
}

/** A read that waits for the reader's own writes. */
export const waits = { after: true } as const;
export const command = { key: true } as const;
/** A command on a version that was read. */
export const move = { key: true, ifMatch: true } as const;

interface Types {
  readonly body: unknown;
  readonly query: unknown;
  readonly value: unknown;
}

/** One route of the API. `types` exists for the compiler only. */
export interface Route<Path extends string = string, Marked extends Marks = Marks, Typed extends Types = Types> {
  readonly method: Method;
  /** With parameters as `:name`. */
  readonly path: Path;
  readonly marks: Marked;
  readonly types?: Typed;
}

type Named<Part extends string> = Part extends `${infer Name}/${string}` ? Name : Part;
type NamesIn<Path extends string> = Path extends `${string}:${infer Rest}` ? Named<Rest> | NamesIn<Rest> : never;
type None = Readonly<Record<never, never>>;

type Params<Path extends string> = [NamesIn<Path>] extends [never]
  ? None
  : { readonly params: Readonly<Record<NamesIn<Path>, string>> };
type Body<B> = [B] extends [void] ? None : { readonly body: B };
type Query<Q> = [Q] extends [void] ? None : None extends Q ? { readonly query?: Q } : { readonly query: Q };
type Key<M extends Marks> = M extends { readonly key: true } ? { readonly key: string } : None;
type IfMatch<M extends Marks> = M extends { readonly ifMatch: true } ? { readonly ifMatch: number } : None;
type After<M extends Marks> = M extends { readonly after: true } ? { readonly after?: string | null } : None;

/** What a caller of this route has to give. */
export type Given<R extends Route> =
  R extends Route<infer Path, infer M, infer T>
    ? Params<Path> & Body<T['body']> & Query<T['query']> & Key<M> & IfMatch<M> & After<M>
    : never;

export type ValueOf<R extends Route> = NonNullable<R['types']>['value'];
export type BodyOf<R extends Route> = NonNullable<R['types']>['body'];

interface Typing<Path extends string, M extends Marks> {
  /** For a route without a body. */
  gives<Value, Wanted = void>(): Route<Path, M, { body: void; query: Wanted; value: Value }>;
  takes<Taken, Value, Wanted = void>(): Route<Path, M, { body: Taken; query: Wanted; value: Value }>;
}

function by(method: Method) {
  return <const Path extends string, const M extends Marks = None>(path: Path, marks?: M): Typing<Path, M> => {
    const route = { method, path, marks: marks ?? ({} as M) };
    return { gives: () => route, takes: () => route };
  };
}

export const get = by('GET');
export const post = by('POST');
export const put = by('PUT');
export const patch = by('PATCH');
export const remove = by('DELETE');

/** A page of a list; `next` is null at the end. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

/** `limit`: 1 to 100. */
export interface PageAsked {
  readonly cursor?: string;
  readonly limit?: number;
}

/** A list that is given whole. */
export interface Items<Item> {
  readonly items: readonly Item[];
}
