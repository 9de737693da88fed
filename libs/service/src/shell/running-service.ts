import type { IncomingMessage, ServerResponse } from 'node:http';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Readiness } from '../health/readiness.ts';

/** A service that runs in this process. */
export interface RunningService {
  readonly name: string;
  readonly app: NestFastifyApplication;
  /** Answers a request whose path belongs to the service: for a server that the caller owns. */
  handle(request: IncomingMessage, response: ServerResponse): void;
  ready(): Promise<Readiness>;
  /** For tests: everything committed has been sent and handled here, and due timers have fired. */
  settle(): Promise<void>;
  /** Accepts nothing new; ends requests in flight, timers, consumers, the relay and the pool, in that order. */
  close(): Promise<void>;
}
