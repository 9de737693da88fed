import type { INestApplication } from '@nestjs/common';
import { SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { fewASecond } from '../door/few-a-second.ts';
import type { Readiness } from '../health/readiness.ts';
import { operators } from '../deployment/operators.ts';
import { openApiOf } from '../openapi/document.ts';
import { documentsPerMinute } from '../door/limits.ts';
import type { ServiceParts } from '../shell/parts.ts';
import type { ShellConfig } from './admission.ts';

/** Open to all, answered while stopping; load balancers ask, so no limit counts it. */
const health = { config: { shell: true, uncounted: true } satisfies ShellConfig };
/** For operators, even while stopping. */
const metrics = {
  config: { shell: true, metrics: true, access: operators } satisfies ShellConfig & { access: unknown },
};
/** Large, and the same for everybody: one address may not read it often. */
const documents = { config: { shell: true, mostPerMinute: documentsPerMinute.most } satisfies ShellConfig };

/**
 * Health, metrics and documentation, under the service's own prefix and, for a service in its own process, also at the
 * root (contract.md §6.1).
 */
export function addShellRoutes(
  app: INestApplication,
  fastify: FastifyInstance,
  service: string,
  parts: ServiceParts,
): void {
  let document: OpenAPIObject | undefined;
  const openApi = (): OpenAPIObject => (document ??= openApiOf(app, service));
  let documentText: string | undefined;
  const openApiText = (): string => (documentText ??= JSON.stringify(openApi()));
  const readiness = fewASecond(() => parts.health.readiness());
  const prefix = `/api/${service}`;
  for (const base of ['', prefix]) {
    fastify.get(`${base}/health/live`, health, () => ({ status: 'live', service }));
    fastify.get(`${base}/health/ready`, health, async (_request, reply) => answerReadiness(await readiness(), reply));
    fastify.get(`${base}/metrics`, metrics, async (_request, reply) =>
      reply.type(parts.metrics.registry.contentType).send(await parts.metrics.registry.metrics()),
    );
  }
  for (const path of [`${prefix}/openapi.json`, `${prefix}/docs-json`, '/docs-json']) {
    fastify.get(path, documents, (_request, reply) =>
      reply.type('application/json; charset=utf-8').send(openApiText()),
    );
  }
  SwaggerModule.setup('docs', app, openApi, { raw: false });
}

function answerReadiness(readiness: Readiness, reply: FastifyReply): FastifyReply {
  if (readiness.status === 'not-ready') reply.status(503).header('Retry-After', '5');
  return reply.send(readiness);
}
