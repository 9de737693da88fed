import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Readiness } from '../health/readiness.ts';
import type { HouseConfig } from '../house/house.ts';

export interface RunningService {
  readonly name: string;
  readonly app: NestFastifyApplication;
  /** Answers a request whose path is one of the service's: for a server that the caller owns. */
  handle(request: IncomingMessage, response: ServerResponse): void;
  ready(): Promise<Readiness>;
  /** Tests: everything committed has been sent and handled here, and timers that are due have fired. */
  settle(): Promise<void>;
  /** Ends requests in flight, the relay, the consumers and the pool, in that order. */
  close(): Promise<void>;
}

/** Provisions, migrates, seeds and starts one service; it answers by `handle` or after `app.listen`. */
export function startService(_module: Type, _house: HouseConfig): Promise<RunningService> {
  throw new Error('not built yet');
}
