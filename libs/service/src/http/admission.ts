import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  accessFor,
  accessOf,
  admit,
  RoleNotAllowed,
  SignInRequired,
  type Admitted,
  type RouteAccess,
  type TokenVerifier,
} from '#access';
import type { Ids } from '#events';
import type { Keeper } from '../door/keeper.ts';
import type { FewerPerMinute } from '../door/limits.ts';
import type { HeaderTable } from '../door/security-headers.ts';
import { Invalid } from '../problems/form.problems.ts';
import { ServiceUnavailable } from '../problems/later.problems.ts';
import type { Roster } from '../roster/roster.ts';
import type { HeldAnswers } from './held-answers.ts';
import type { InFlight } from './in-flight.ts';
import type { ShellRequest } from './shell-request.ts';

export interface Admission {
  readonly verifier: TokenVerifier;
  readonly ids: Ids;
  readonly inFlight: InFlight;
  readonly roster: Roster;
  readonly heldAnswers: HeldAnswers;
  readonly keeper: Keeper;
  /** A function, because our address is not known before the server listens. */
  readonly headers: () => HeaderTable;
  /** Opens the metrics to a program that is not a person. */
  readonly metricsToken: string | undefined;
}

/** What the shell declares about its own routes, in their Fastify config. */
export interface ShellConfig {
  /** A route of the platform and not of a noun: answered even while stopping. */
  readonly shell?: boolean;
  /** Health: load balancers ask it, all from one address, and it is cheap. */
  readonly uncounted?: boolean;
  /** For operators, with their own token or METRICS_TOKEN. */
  readonly metrics?: boolean;
  /** A lower limit, on some public routes. */
  readonly mostPerMinute?: number;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const lowerCaseUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Well-formed, but nobody's id: all zero except version and variant. */
const idOfNothing = '00000000-0000-8000-8000-000000000000';
const traceContext = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;
/** Pages of the shell that Swagger serves; they contain no data. */
const openToAll = /^\/docs(\/|$)/;

/**
 * The checks before a byte of the body is read: the headers of every answer, the count of requests in flight, the first
 * two checks of contract.md §1 (401 and 403), and the limits per person or address (429, 503).
 */
export function addAdmission(fastify: FastifyInstance, parts: Admission): void {
  const { inFlight, keeper, heldAnswers } = parts;
  fastify.addHook('onRequest', async (incoming: FastifyRequest, reply: FastifyReply) => {
    const request = incoming as ShellRequest;
    addAnswerHeaders(request, reply, parts);
    request.traceparent = traceparentOf(request);
    if (lacksHost(request)) throw new Invalid([noHost]);
    if (inFlight.stopping.aborted && !isOfShell(request)) throw new ServiceUnavailable();
    inFlight.entered(reply.raw);
    const admitted = await counted(request, parts);
    const giveBack = keeper.bodies.take(admitted?.actor.personId ?? request.ip, bytesToCome(request));
    if (giveBack !== undefined) reply.raw.once('close', giveBack);
    if (admitted === undefined) return;
    request.actor = admitted.actor;
    heldAnswers.begun(reply.raw, admitted);
  });
  // An invalid id names nothing: it is replaced by an id that nothing has, and gets its 404 in the order of checks.
  fastify.addHook('preHandler', (request, _reply, done) => {
    const params = request.params as Record<string, string>;
    for (const [name, value] of Object.entries(params)) {
      if (/^id$|Id$/.test(name) && !lowerCaseUuid.test(value)) params[name] = idOfNothing;
    }
    done();
  });
}

/** Sets what every answer has (contract.md §1), and the request's correlation id. */
export function addAnswerHeaders(
  request: ShellRequest,
  reply: FastifyReply,
  { ids, headers }: Pick<Admission, 'ids' | 'headers'>,
): ShellRequest {
  request.correlationId = correlationOf(request, ids);
  reply.headers({ ...headers(), 'X-Correlation-Id': request.correlationId, 'Cache-Control': 'no-store' });
  return request;
}

/** Counts, and refuses beyond the limits; a token is verified only if its address has not had too many invalid ones. */
async function counted(request: ShellRequest, parts: Admission): Promise<Admitted | undefined> {
  const { verifier, keeper, roster } = parts;
  const { limits } = keeper;
  const config = configOf(request);
  const access = routeAccess(request);
  const { authorization } = request.headers;
  if (access === 'public') {
    if (config.uncounted !== true) limits.address(request.ip, fewerOf(request));
    return undefined;
  }
  if (config.metrics === true && isBearer(authorization, parts.metricsToken)) return undefined;
  limits.beforeToken(request.ip, authorization);
  try {
    const admitted = await admit(verifier, (said) => roster.holding(said), access, authorization);
    limits.tokenHeld(authorization);
    if (admitted !== undefined) limits.person(admitted.actor.personId);
    return admitted;
  } catch (error) {
    if (error instanceof SignInRequired) limits.tokenRefused(request.ip, authorization);
    if (error instanceof RoleNotAllowed && error.personId !== undefined) limits.person(error.personId);
    throw error;
  }
}

function fewerOf(request: FastifyRequest): FewerPerMinute | undefined {
  const { mostPerMinute: most } = configOf(request);
  return most === undefined ? undefined : { of: request.routeOptions.url ?? '', most };
}

function isBearer(authorization: string | undefined, token: string | undefined): boolean {
  if (token === undefined || authorization === undefined) return false;
  const [given, wanted] = [Buffer.from(authorization), Buffer.from(`Bearer ${token}`)];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** The number of bytes that may arrive before the parser rejects the body. */
function bytesToCome({ headers, routeOptions }: FastifyRequest): number {
  const most = routeOptions.bodyLimit;
  if (headers['transfer-encoding'] !== undefined) return most;
  return Math.min(Number(headers['content-length'] ?? 0) || 0, most);
}

// Node would answer by itself, without the headers that every answer has.
function lacksHost({ headers, raw }: Pick<FastifyRequest, 'headers' | 'raw'>): boolean {
  return headers.host === undefined && raw.httpVersion === '1.1';
}

const noHost = { field: 'Host', message: 'the request names no host', allowed: 'one Host header' };

function correlationOf({ headers }: FastifyRequest, ids: Ids): string {
  const given = headers['x-correlation-id'];
  return typeof given === 'string' && uuid.test(given) ? given.toLowerCase() : ids.next();
}

function traceparentOf({ headers }: FastifyRequest): string | null {
  const given = headers['traceparent'];
  return typeof given === 'string' && traceContext.test(given) ? given : null;
}

// Under /api a stranger cannot find out which paths exist: 401 comes before 404.
function routeAccess(request: FastifyRequest): RouteAccess {
  if (request.is404) return request.url.startsWith('/api/') ? 'signed-in' : 'public';
  return isOpenToAll(request)
    ? 'public'
    : accessFor(accessOf(request.routeOptions.config), request.params as Record<string, string>);
}

function isOpenToAll(request: FastifyRequest): boolean {
  const { shell, metrics } = configOf(request);
  return (shell === true && metrics !== true) || openToAll.test(request.routeOptions.url ?? '');
}

function isOfShell(request: FastifyRequest): boolean {
  return configOf(request).shell === true || openToAll.test(request.routeOptions.url ?? '');
}

function configOf(request: FastifyRequest): ShellConfig {
  return request.routeOptions.config as ShellConfig;
}
