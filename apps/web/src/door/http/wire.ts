import { doorProblem, type Problem } from './answer.ts';
import type { Outside } from '../outside.ts';
import type { HttpRequest } from './request.ts';

export interface Sending {
  /** Ends the request: it is then `cancelled`. */
  readonly signal?: AbortSignal;
  readonly mostMs: number;
  /** Whether the session's cookie goes along: only to the routes of the session. */
  readonly cookie?: boolean;
  /** Survives the end of the page; the bodies of all such requests together have at most 64 KB. */
  readonly keepalive?: boolean;
}

/** An answer whose body is not read yet. `end` gives it up, and must be called once nothing more is read. */
export interface Received {
  readonly ok: true;
  readonly response: Response;
  /** The rest of a request: a body that is cut off is a problem as well. */
  readonly read: <Part>(part: (response: Response) => Promise<Part>) => Promise<Part | Problem>;
  readonly end: () => void;
}

/**
 * The only call of `fetch`. Never rejects. The time-out covers the body too. `AbortSignal.any` and `.timeout` are newer
 * than the oldest browser that we support.
 */
export async function send(outside: Outside, request: HttpRequest, sending: Sending): Promise<Received | Problem> {
  const correlationId = request.headers['x-correlation-id'] ?? '';
  const abort = new AbortController();
  let why: 'cancelled' | 'timed-out' | 'no-network' = 'no-network';
  const stop = (because: 'cancelled' | 'timed-out') => (): void => {
    why = because;
    abort.abort();
  };
  const cancelled = stop('cancelled');
  if (sending.signal?.aborted === true) return doorProblem('cancelled', correlationId);
  sending.signal?.addEventListener('abort', cancelled);
  const stopClock = sending.mostMs === Infinity ? undefined : outside.later(sending.mostMs, stop('timed-out'));
  const end = (): void => {
    sending.signal?.removeEventListener('abort', cancelled);
    stopClock?.();
  };
  const failed = (): Problem => {
    end();
    return doorProblem(why, correlationId);
  };
  const { url, ...init } = request;
  try {
    const response = await outside.fetch(url, {
      ...init,
      signal: abort.signal,
      credentials: sending.cookie === true ? 'same-origin' : 'omit',
      cache: 'no-store',
      ...(sending.keepalive === true ? { keepalive: true } : {}),
    });
    const read: Received['read'] = (part) => part(response).catch(failed);
    return { ok: true, response, read, end };
  } catch {
    return failed();
  }
}
