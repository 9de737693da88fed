import type { Method, Route } from './route.ts';

/** What one call adds to its route, whatever the route's types are. */
export interface Asking {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: object;
  readonly body?: unknown;
  readonly key?: string;
  readonly ifMatch?: number;
  readonly after?: string | null;
}

/** Who calls. `language`: a BCP 47 tag. `correlationId`: a UUID. */
export interface Caller {
  readonly token: string | null;
  readonly language: string;
  readonly correlationId: string;
}

/** One HTTP request as plain values. */
export interface HttpRequest {
  readonly method: Method;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The request of a call (contract.md §1). Throws where a parameter of the path is not given: that is a bug of the caller. */
export function requestOf({ method, path }: Route, asking: Asking, caller: Caller): HttpRequest {
  const { body, key, ifMatch } = asking;
  return {
    method,
    url: `${pathOf(path, asking.params ?? {})}${queryOf({ ...asking.query, after: asking.after })}`,
    headers: {
      accept: 'application/json',
      'accept-language': caller.language,
      'x-correlation-id': caller.correlationId,
      ...(caller.token === null ? {} : { authorization: `Bearer ${caller.token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
      ...(ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
}

function pathOf(path: string, params: Readonly<Record<string, string>>): string {
  return path.replaceAll(/:(\w+)/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined || value === '') throw new Error(`${path} needs ${name}`);
    return encodeURIComponent(value);
  });
}

/** A list becomes repeated keys; what is absent or null is left out. */
function queryOf(query: Readonly<Record<string, unknown>>): string {
  const pairs = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const each of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (each !== undefined && each !== null) pairs.append(name, String(each));
    }
  }
  const text = pairs.toString();
  return text === '' ? '' : `?${text}`;
}
