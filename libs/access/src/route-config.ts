import { RouteConfig } from '@nestjs/platform-fastify';

const configOf = Symbol('route config');

/**
 * Adds to what Fastify knows of a route (`request.routeOptions.config`), so that it can be judged before the body is
 * read. Several decorators may each add their own key: Nest's `RouteConfig` alone would keep only the last.
 */
export function addRouteConfig(method: object, addition: Readonly<Record<string, unknown>>): void {
  const config = { ...routeConfigOf(method), ...addition };
  Reflect.defineMetadata(configOf, config, method);
  // the decorator only sets metadata on the descriptor's value
  RouteConfig(config)(method, '', { value: method });
}

/** What has been added so far. */
export function routeConfigOf(method: object): Readonly<Record<string, unknown>> {
  return (Reflect.getMetadata(configOf, method) as Readonly<Record<string, unknown>> | undefined) ?? {};
}
