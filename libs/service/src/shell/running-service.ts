import type { IncomingMessage, ServerResponse } from 'node:http';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Readiness } from '../health/readiness.ts';

/** A service at work in this process. */
export interface RunningService {
  readonly name: string;
  readonly app: NestFastifyApplication;
  /** Answers a request whose path is one of the service's: for a server that the caller owns. */
  handle(request: IncomingMessage, response: ServerResponse): void;
  ready(): Promise<Readiness>;
  /** Tests: everything committed has been sent and handled here, and timers that are due have fired. */
  settle(): Promise<void>;
  /** Takes nothing new; ends requests in flight, timers, consumers, the relay and the pool, in that order. */
  close(): Promise<void>;
}
