import type { FastifyInstance } from 'fastify';
import { UnsupportedMedia } from '../problems/form.problems.ts';

/** The largest body where a route says nothing else (contract.md §1). */
export const usualBodyLimit = 256 * 1024;

interface BodyConfig {
  readonly bodyLimit?: number;
  readonly form?: boolean;
}

/** Which bodies are taken, and how large: JSON everywhere, a form where a route of an OIDC issuer says so, else 415. */
export function addBodies(fastify: FastifyInstance): void {
  const parseJson = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    // a command without fields may be sent with nothing in it
    if (body === '') done(null, undefined);
    else void parseJson(request, body as string, done);
  });
  fastify.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (request, body, done) => {
    const { form } = request.routeOptions.config as BodyConfig;
    if (form === true) done(null, Object.fromEntries(new URLSearchParams(body as string)));
    else done(new UnsupportedMedia());
  });
  fastify.addHook('onRoute', (route) => {
    const { bodyLimit } = (route.config ?? {}) as BodyConfig;
    if (bodyLimit !== undefined) route.bodyLimit = bodyLimit;
  });
}
