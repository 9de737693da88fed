import { RouteConfig } from '@nestjs/platform-fastify';

const configOf = Symbol('route config');

/**
 * Adds to a route's Fastify config (`request.routeOptions.config`), so that the route can be checked before the body is
 * read. Several decorators may each add their own key: Nest's `RouteConfig` would keep only the last one.
 */
export function addRouteConfig(method: object, addition: Readonly<Record<string, unknown>>): void {
  const config = { ...routeConfigOf(method), ...addition };
  Reflect.defineMetadata(configOf, config, method);
  // the decorator only sets metadata on the descriptor's value
  RouteConfig(config)(method, '', { value: method });
}

/** What the decorators have added so far. */
export function routeConfigOf(method: object): Readonly<Record<string, unknown>> {
  return (Reflect.getMetadata(configOf, method) as Readonly<Record<string, unknown>> | undefined) ?? {};
}
