import { AsyncLocalStorage } from 'node:async_hooks';
import type { FastifyReply } from 'fastify';
import type { ShellRequest } from '../http/shell-request.ts';

/** The current request, for code far below its controller. */
export interface RequestContext {
  readonly request: ShellRequest;
  readonly reply: FastifyReply;
}

const storage = new AsyncLocalStorage<RequestContext>();

export function inRequest<T>(context: RequestContext, work: () => T): T {
  return storage.run(context, work);
}

/** Undefined in handlers of events, timers and loops. */
export function currentRequest(): RequestContext | undefined {
  return storage.getStore();
}
