import type { INestApplication } from '@nestjs/common';
import { SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { openApiOf } from '../openapi/document.ts';
import type { ServiceParts } from '../shell/parts.ts';

/** Open to all, answered while stopping, not counted against anybody's limit. */
const shell = { config: { shell: true, rateLimit: false } };

/**
 * Health, metrics and documentation, under the service's own prefix and, for a service that runs alone, at the root
 * (contract.md §6.1).
 */
export function addShellRoutes(
  app: INestApplication,
  fastify: FastifyInstance,
  service: string,
  parts: ServiceParts,
): void {
  let document: OpenAPIObject | undefined;
  const openApi = (): OpenAPIObject => (document ??= openApiOf(app, service));
  const prefix = `/api/${service}`;
  for (const base of ['', prefix]) {
    fastify.get(`${base}/health/live`, shell, () => ({ status: 'live', service }));
    fastify.get(`${base}/health/ready`, shell, (_request, reply) => answerReadiness(parts, reply));
    fastify.get(`${base}/metrics`, shell, async (_request, reply) =>
      reply.type(parts.metrics.registry.contentType).send(await parts.metrics.registry.metrics()),
    );
  }
  for (const path of [`${prefix}/openapi.json`, `${prefix}/docs-json`]) fastify.get(path, shell, () => openApi());
  SwaggerModule.setup('docs', app, openApi, { jsonDocumentUrl: 'docs-json', raw: ['json'] });
}

async function answerReadiness(parts: ServiceParts, reply: FastifyReply): Promise<FastifyReply> {
  const readiness = await parts.health.readiness();
  if (readiness.status === 'not-ready') reply.status(503).header('Retry-After', '5');
  return reply.send(readiness);
}
