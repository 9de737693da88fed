import { pino, type DestinationStream, type Logger } from 'pino';
import { currentRequest } from '../context/request-context.ts';
import type { LogLevel } from '../deployment/deployment.ts';
import { stdoutLines } from './log-lines.ts';
import { neverWritten } from './never-written.ts';

export type Log = Logger;

/** Nest injection token of the service's {@link Log}. Log ids, codes, counts and routes; never client data or free text. */
export const LOG = Symbol('log');

/** One JSON line per log entry, with the service and, within a request, the correlation id. */
export function makeLog(service: string, level: LogLevel, destination: DestinationStream = stdoutLines()): Log {
  const options = {
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: neverWritten.flatMap((name) => [name, `*.${name}`]), censor: '[not written]' },
    mixin: (): object => {
      const correlationId = currentRequest()?.request.correlationId;
      return correlationId === undefined ? {} : { correlationId };
    },
  };
  return pino(options, destination);
}
