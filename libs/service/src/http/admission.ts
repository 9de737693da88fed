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
  /** Asked late: the house's address is not known before it listens. */
  readonly headers: () => HeaderTable;
  /** Opens the metrics to a program that is no person. */
  readonly metricsToken: string | undefined;
}

/** What the shell says of its own routes, in their Fastify config. */
export interface ShellConfig {
  /** Of the house and not of a noun: answered while stopping. */
  readonly shell?: boolean;
  /** Health: asked by balancers, from one address for all, and cheap. */
  readonly uncounted?: boolean;
  /** For operators, by their own token or by METRICS_TOKEN. */
  readonly metrics?: boolean;
  /** On public routes that may be asked less often than others. */
  readonly mostPerMinute?: number;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const lowerCaseUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Well-formed, and made by nobody: all zero but version and variant. */
const idOfNothing = '00000000-0000-8000-8000-000000000000';
const traceContext = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;
/** Pages of the shell that Swagger makes, which hold no data. */
const openToAll = /^\/docs(\/|$)/;

/**
 * The way in, before a byte of the body is read: the headers that every answer has, the count of requests in flight, the
 * first two checks of contract.md §1, 401 and 403, and what one person, or one address, may have of the house (429, 503).
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
  // What is no id names nothing: it goes on as an id that nothing has, to its 404 in the order of checks.
  fastify.addHook('preHandler', (request, _reply, done) => {
    const params = request.params as Record<string, string>;
    for (const [name, value] of Object.entries(params)) {
      if (/^id$|Id$/.test(name) && !lowerCaseUuid.test(value)) params[name] = idOfNothing;
    }
    done();
  });
}

/** What every answer has (contract.md §1), and the request's correlation id. */
export function addAnswerHeaders(
  request: ShellRequest,
  reply: FastifyReply,
  { ids, headers }: Pick<Admission, 'ids' | 'headers'>,
): ShellRequest {
  request.correlationId = correlationOf(request, ids);
  reply.headers({ ...headers(), 'X-Correlation-Id': request.correlationId, 'Cache-Control': 'no-store' });
  return request;
}

/** Counts, and refuses beyond the limits; a token is looked at only where its address has not had too many refused. */
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

/** As many bytes as may come before the parser says no. */
function bytesToCome({ headers, routeOptions }: FastifyRequest): number {
  const most = routeOptions.bodyLimit;
  if (headers['transfer-encoding'] !== undefined) return most;
  return Math.min(Number(headers['content-length'] ?? 0) || 0, most);
}

// Node would answer by itself, without the headers that every answer has.
export function lacksHost({ headers, raw }: Pick<FastifyRequest, 'headers' | 'raw'>): boolean {
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

// Under /api a stranger does not learn which paths there are: 401 comes before 404.
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
