import type { FastifyInstance, FastifyRequest } from 'fastify';
import { bodyLimitOf, type BodyFacts } from '../body/body-limit.ts';
import { readJson, readText } from '../bytes/read-json.ts';
import { UnsupportedMedia } from '../problems/form.problems.ts';

/**
 * Which bodies are accepted, and how large: JSON in UTF-8 everywhere, a form on routes of an OIDC issuer that declare it,
 * otherwise 415. A body in another encoding is refused; we never guess.
 */
export function addBodies(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: Buffer) => {
      refuseOtherThanUtf8(request);
      // a command without fields may have an empty body
      return readJson(body);
    },
  );
  fastify.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: Buffer) => {
      const { form } = request.routeOptions.config as BodyFacts;
      if (form !== true) throw new UnsupportedMedia();
      refuseOtherThanUtf8(request);
      return fieldsIn(readText(body));
    },
  );
  fastify.addHook('onRoute', (route) => {
    if (route.bodyLimit === undefined) route.bodyLimit = bodyLimitOf(route.config ?? {});
  });
}

function refuseOtherThanUtf8({ headers }: FastifyRequest): void {
  if (!isUtf8(headers['content-type'] ?? '')) throw new UnsupportedMedia();
}

const namesOfUtf8: ReadonlySet<string> = new Set(['utf-8', 'utf8', 'us-ascii']);

/** Tells whether a media type names no encoding, or the one of JSON; ASCII is a subset of it. */
function isUtf8(contentType: string): boolean {
  const charset = /;\s*charset\s*=\s*"?([^\s;"]*)/i.exec(contentType)?.[1];
  return charset === undefined || namesOfUtf8.has(charset.toLowerCase());
}

function fieldsIn(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(new URLSearchParams(text));
}
