import type { Server } from 'node:http';
import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { securityHeaders, type HeaderTable } from '../door/security-headers.ts';
import { serverOptions, tendServer } from '../door/tended-server.ts';
import type { DeploymentConfig } from '../deployment/deployment.ts';
import { NestLog } from '../logs/nest-log.ts';
import { safeError } from '../logs/safe-error.ts';
import { NotFound } from '../problems/form.problems.ts';
import { ProblemFilter } from '../problems/problem.filter.ts';
import { serviceOptions, type ServiceModuleOptions } from '../service-module.ts';
import { addAdmission, addAnswerHeaders } from '../http/admission.ts';
import { usualBodyLimit } from '../body/body-limit.ts';
import { addBodies } from '../http/bodies.ts';
import { whenThereIsADatabase } from './patience.ts';
import { makeParts, type ServiceParts } from './parts.ts';
import type { RunningService } from './running-service.ts';
import { ShellModule } from './shell.module.ts';
import type { ShellRequest } from '../http/shell-request.ts';
import { addShellRoutes } from '../http/shell.routes.ts';

const drainWithinMs = 10_000;

/**
 * Provisions, migrates, seeds and starts one service: its relay, its consumers, its timers. It answers through `handle`,
 * or after the caller has called `app.listen`. Waits for an unavailable database. Throws for any other fault, with
 * everything closed again.
 */
export function startService(module: Type, deployment: DeploymentConfig): Promise<RunningService> {
  const { name } = serviceOptions(module);
  const { stopping, tell } = deployment;
  return whenThereIsADatabase(() => startNow(module, deployment), {
    tell: (words) => tell?.(name, words),
    stopping,
    late: (service) => service.close(),
  });
}

async function startNow(module: Type, deployment: DeploymentConfig): Promise<RunningService> {
  const options = serviceOptions(module);
  const parts = await makeParts(module, deployment);
  let app: NestFastifyApplication | undefined;
  try {
    app = await makeApp(module, options, parts, deployment);
    await options.seed?.({ demo: deployment.demo, get: (token) => inside(app, token) });
    await parts.relay.start();
    await app.startAllMicroservices();
    await app.init();
    await fastifyOf(app).ready();
    await parts.firstRead.start();
    if (deployment.timers) parts.timerWorker.start();
    return running(options.name, app, parts);
  } catch (error) {
    parts.log.error({ error: safeError(error) }, 'could not start');
    await stop(app, parts);
    throw error;
  }
}

async function makeApp(
  module: Type,
  { name, rootPaths, config }: ServiceModuleOptions,
  parts: ServiceParts,
  deployment: DeploymentConfig,
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: usualBodyLimit,
    // trust as many of the nearest entries as there are proxies; anybody may have written the entries before them
    trustProxy: (_address, hop) => hop < (deployment.trustedProxies ?? 0),
    logger: false,
    http: serverOptions,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    frameworkErrors: (_error: unknown, request: FastifyRequest, reply: FastifyReply) =>
      answerUndecodable(parts, deployment, request, reply),
  });
  tendServer(adapter.getHttpServer<Server>(), {
    publicUrl: () => publicUrlOf(deployment),
    isBehindProxy: (deployment.trustedProxies ?? 0) > 0,
  });
  const app = await NestFactory.create<NestFastifyApplication>(
    ShellModule.around(module, config, parts, deployment),
    adapter,
    {
      bodyParser: false,
      abortOnError: false,
      logger: new NestLog(parts.log),
    },
  );
  const fastify = fastifyOf(app);
  const headers = (): HeaderTable => securityHeaders(publicUrlOf(deployment));
  addAdmission(fastify, { ...parts, headers, metricsToken: deployment.metricsToken });
  addBodies(fastify);
  parts.metrics.measure(fastify);
  logAnswers(fastify, parts);
  app.setGlobalPrefix(`api/${name}`, { exclude: [...(rootPaths ?? [])] });
  addShellRoutes(app, fastify, name, parts);
  // traps.md 31
  app.connectMicroservice({ strategy: parts.strategy }, { inheritAppConfig: true });
  return app;
}

// An address that cannot be decoded names nothing. No hook has run, so the headers of every answer are set here.
function answerUndecodable(
  { ids, log }: ServiceParts,
  deployment: DeploymentConfig,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const headers = (): HeaderTable => securityHeaders(publicUrlOf(deployment));
  const { correlationId } = addAnswerHeaders(request as ShellRequest, reply, { ids, headers });
  new ProblemFilter(log).answer(new NotFound(), { correlationId }, reply);
}

function running(name: string, app: NestFastifyApplication, parts: ServiceParts): RunningService {
  const fastify = fastifyOf(app);
  let closed: Promise<void> | undefined;
  return {
    name,
    app,
    handle: (request, response) => fastify.routing(request, response),
    ready: () => parts.health.readiness(),
    settle: () => settle(parts),
    close: () => (closed ??= stop(app, parts)),
  };
}

// a firing timer appends events, and an event may set a timer that is due immediately
async function settle({ relay, strategy, timerWorker }: ServiceParts): Promise<void> {
  do {
    await relay.drain();
    await strategy.idle();
  } while ((await timerWorker.tick()) > 0);
}

// Nest closes the consumers in app.close(); a pool may end only after everything that uses it (traps.md 26)
async function stop(app: NestFastifyApplication | undefined, parts: ServiceParts): Promise<void> {
  await parts.inFlight.drain(drainWithinMs);
  const steps: (() => unknown)[] = [
    () => parts.heldAnswers.stop(),
    () => parts.timerWorker.stop(),
    () => parts.firstRead.stop(),
    () => app?.close(),
    () => parts.relay.stop(),
    () => parts.readersSource.destroy(),
    () => parts.dataSource.destroy(),
  ];
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      parts.log.error({ error: safeError(error) }, 'could not stop cleanly');
    }
  }
}

function logAnswers(fastify: FastifyInstance, { log }: ServiceParts): void {
  fastify.addHook('onResponse', (request, reply, done) => {
    const { method, routeOptions } = request;
    const { correlationId } = request as FastifyRequest & { readonly correlationId?: string };
    const ms = Math.round(reply.elapsedTime);
    // the route's pattern, never the requested address
    log.debug({ correlationId, method, route: routeOptions.url ?? null, status: reply.statusCode, ms }, 'answered');
    done();
  });
}

function inside<T>(app: NestFastifyApplication | undefined, token: Type<T> | symbol): T {
  if (app === undefined) throw new Error('the service is not ready yet');
  return app.get<T>(token, { strict: false });
}

function publicUrlOf({ publicUrl, issuerUrl }: DeploymentConfig): string {
  return (publicUrl ?? issuerUrl)();
}

function fastifyOf(app: NestFastifyApplication): FastifyInstance {
  return app.getHttpAdapter().getInstance();
}
