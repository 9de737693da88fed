import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { TooMany } from '../problems/later.problems.ts';
import type { ShellRequest } from './shell-request.ts';

/** Far above what a person or a hospital's system does, far below what would starve the others. 0: no limit. */
export const usualRequestsPerMinute = 12_000;

/** Security headers, and a limit on requests by actor (by address where nobody signed in). Awaited before any route. */
export async function addLimits(app: NestFastifyApplication, requestsPerMinute: number): Promise<void> {
  await app.register(helmet, {
    // served without TLS behind a proxy or on a laptop: the proxy says whether plain HTTP may be used
    contentSecurityPolicy: { directives: { 'upgrade-insecure-requests': null } },
    strictTransportSecurity: false,
  });
  if (requestsPerMinute === 0) return;
  await app.register(rateLimit, {
    max: requestsPerMinute,
    timeWindow: 60_000,
    // after admission, which says who asks
    hook: 'preParsing',
    keyGenerator: (request) => (request as ShellRequest).actor?.personId ?? request.ip,
    errorResponseBuilder: (_request, { ttl }) => new TooMany(Math.max(1, Math.ceil(ttl / 1000))),
    addHeaders: noHeaders,
    addHeadersOnExceeding: noHeaders,
  });
}

const noHeaders = {
  'x-ratelimit-limit': false,
  'x-ratelimit-remaining': false,
  'x-ratelimit-reset': false,
  'retry-after': false,
};
