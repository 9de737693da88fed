import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { accessFor, accessOf, admit, type Holding, type RouteAccess, type TokenVerifier } from '#access';
import type { Ids } from '#events';
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
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const lowerCaseUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Well-formed, and made by nobody: all zero but version and variant. */
const idOfNothing = '00000000-0000-8000-8000-000000000000';
const traceContext = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;
/** Routes of the shell outside `/api`: health, metrics and the documentation of the routes, which hold no data. */
const openToAll = /^\/(health|metrics|docs|docs-json)(\/|$)/;

/**
 * The way in, before a byte of the body is read: the headers that every answer has, the count of requests in flight, and
 * the first two checks of contract.md §1, 401 and 403.
 */
export function addAdmission(fastify: FastifyInstance, parts: Admission): void {
  const { verifier, ids, inFlight, roster, heldAnswers } = parts;
  const holding: Holding = (said) => roster.holding(said);
  fastify.addHook('onRequest', async (incoming: FastifyRequest, reply: FastifyReply) => {
    const request = incoming as ShellRequest;
    addAnswerHeaders(request, reply, ids);
    request.traceparent = traceparentOf(request);
    if (inFlight.stopping.aborted && !isOpenToAll(request)) throw new ServiceUnavailable();
    inFlight.entered(reply.raw);
    const admitted = await admit(verifier, holding, routeAccess(request), request.headers.authorization);
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
export function addAnswerHeaders(request: ShellRequest, reply: FastifyReply, ids: Ids): ShellRequest {
  request.correlationId = correlationOf(request, ids);
  reply.headers({ 'X-Correlation-Id': request.correlationId, 'Cache-Control': 'no-store' });
  return request;
}

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
  const { url, config } = request.routeOptions;
  return openToAll.test(url ?? '') || (config as { readonly shell?: boolean }).shell === true;
}
