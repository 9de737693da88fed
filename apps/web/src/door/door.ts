import { doorProblem, resultOf, type Problem, type Result } from './http/answer.ts';
import { measured, type Offset } from './clock.ts';
import type { Outside } from './outside.ts';
import { requestOf, type Asking, type HttpRequest } from './http/request.ts';
import type { Given, Route, ValueOf } from './http/route.ts';
import { send, type Received } from './http/wire.ts';

const longestReadMs = 15_000;
const longestCommandMs = 60_000;
/** Characters of a body that the slowest line we plan for carries in a millisecond. */
const slowestLine = 10;

/** Null where nobody is signed in; a problem where that could not be found out. */
export type Token = string | null | Problem;

/** Where the token of a call comes from. */
export interface Credentials {
  /** A token that is valid now, renewed if need be. */
  readonly token: () => Promise<Token>;
  /** The API refused this token: another one. */
  readonly replace: (refused: string) => Promise<Token>;
}

export interface DoorParts {
  readonly outside: Outside;
  readonly credentials: Credentials;
  /** The language that the person chose, as a BCP 47 tag. */
  readonly language: () => string;
  /** Called with each measurement of the server's clock. */
  readonly clockMeasured?: (offset: Offset) => void;
}

export interface Patience {
  readonly signal?: AbortSignal;
  /** For the last words of a page. */
  readonly keepalive?: boolean;
}

type Empty = Readonly<Record<never, never>>;
type Arguments<R extends Route> =
  Empty extends Given<R> ? [given?: Given<R>, patience?: Patience] : [given: Given<R>, patience?: Patience];

export interface Stream {
  readonly ok: true;
  /** The next bytes; null at an orderly end. A stream that is cut off gives a problem. */
  readonly next: () => Promise<Uint8Array | null | Problem>;
  readonly end: () => void;
}

/** Calls the API: adds token, keys and headers, renews the token once, and returns answers and refusals as values. */
export interface Door {
  readonly ask: <R extends Route>(route: R, ...given: Arguments<R>) => Promise<Result<ValueOf<R>>>;
  /** An endless answer, such as server-sent events; it has no time-out. */
  readonly stream: (
    route: Route,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ) => Promise<Stream | Problem>;
}

export function openDoor(parts: DoorParts): Door {
  return {
    ask: async (route, ...[given, patience = {}]) => {
      const asking = (given ?? {}) as Asking;
      const correlationId = parts.outside.newId();
      const received = await signedIn(parts, (token) => {
        const request = requestOf(route, asking, { token, language: parts.language(), correlationId });
        return timed(parts, request, { ...patience, mostMs: longestMs(asking, request.body) });
      });
      if (!received.ok) return received;
      const { response, read, end } = received;
      const text = await read((whole) => whole.text());
      end();
      if (typeof text !== 'string') return text;
      return resultOf({ status: response.status, header: (name) => response.headers.get(name), text }, correlationId);
    },
    stream: async (route, headers, signal) => {
      const correlationId = parts.outside.newId();
      const received = await signedIn(parts, (token) => {
        const request = requestOf(route, {}, { token, language: parts.language(), correlationId });
        return send(
          parts.outside,
          { ...request, headers: { ...request.headers, accept: 'text/event-stream', ...headers } },
          { signal, mostMs: Infinity },
        );
      });
      return received.ok ? streamOf(received, correlationId) : received;
    },
  };
}

/** Sends with the present token; where that is refused, once more with a new one. */
async function signedIn(
  { credentials }: DoorParts,
  sendWith: (token: string | null) => Promise<Received | Problem>,
): Promise<Received | Problem> {
  const token = await credentials.token();
  if (token !== null && typeof token !== 'string') return token;
  const first = await sendWith(token);
  if (!first.ok || first.response.status !== 401 || token === null) return first;
  const renewed = await credentials.replace(token);
  if (renewed === null) return first;
  first.end();
  return typeof renewed === 'string' ? sendWith(renewed) : renewed;
}

async function timed(
  { outside, clockMeasured }: DoorParts,
  request: HttpRequest,
  sending: Parameters<typeof send>[2],
): Promise<Received | Problem> {
  const sentAt = outside.now();
  const received = await send(outside, request, sending);
  const date = received.ok ? received.response.headers.get('date') : null;
  if (date !== null) clockMeasured?.(measured(date, sentAt, outside.now()));
  return received;
}

/** A read has 15 s. A command has longer, with time for a document on a slow line: whether it was done must become known. */
function longestMs({ key }: Asking, body: string | undefined): number {
  return key === undefined ? longestReadMs : longestCommandMs + (body?.length ?? 0) / slowestLine;
}

async function streamOf(received: Received, correlationId: string): Promise<Stream | Problem> {
  const { response, read, end } = received;
  if (!response.ok || response.body === null) {
    const text = await read((whole) => whole.text());
    end();
    if (typeof text !== 'string') return text;
    const result = resultOf(
      { status: response.status, header: (name) => response.headers.get(name), text },
      correlationId,
    );
    return result.ok ? doorProblem('unknown-form', correlationId, response.status) : result;
  }
  const reader = response.body.getReader();
  return {
    ok: true,
    next: async () => {
      const part = await read(() => reader.read());
      if ('ok' in part) return part;
      return part.done ? null : part.value;
    },
    end,
  };
}
