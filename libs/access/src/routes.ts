import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Role } from '#contracts';
import type { Actor } from './actor.ts';
import { addRouteConfig, routeConfigOf } from './route-config.ts';

/** Who may call a route: everybody, every signed-in person, or the holders of one of these roles. */
export type RouteAccess = 'public' | 'signed-in' | readonly Role[];

/** The roles that depend on a path parameter, such as the action in `/tasks/:id/:action`. */
export interface AccessByParam {
  readonly param: string;
  readonly roles: Readonly<Record<string, readonly Role[]>>;
}

/** A request to which the guard has added the actor. */
export interface AdmittedRequest {
  actor?: Actor;
}

/**
 * Everybody, without a token. On a route, or on a controller for all its routes that have no access decorator themselves.
 */
export function Public(): MethodDecorator & ClassDecorator {
  return access('public');
}

/**
 * Only holders of one of these roles; 403 for every other signed-in person. A route's decorator overrides its
 * controller's.
 */
export function Allow(...roles: readonly Role[]): MethodDecorator & ClassDecorator {
  return access(roles);
}

/** Like {@link Allow}, by a path parameter. A value without roles does not exist: everybody gets a 404 later. */
export function AllowBy(param: string, roles: AccessByParam['roles']): MethodDecorator & ClassDecorator {
  return access({ param, roles });
}

/** The actor of the request. Using it on a public route is a bug, because no token is required there. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const { actor } = context.switchToHttp().getRequest<AdmittedRequest>();
  if (actor === undefined) throw new Error('a public route has no actor');
  return actor;
});

/** The declared access of a route; by default every signed-in person and nobody else. */
export function accessOf(config: object | undefined): RouteAccess | AccessByParam {
  return (config as { readonly access?: RouteAccess | AccessByParam } | undefined)?.access ?? 'signed-in';
}

/** Who may call the route with these parameters. */
export function accessFor(said: RouteAccess | AccessByParam, params: Readonly<Record<string, string>>): RouteAccess {
  if (typeof said !== 'object' || !('param' in said)) return said;
  const value = params[said.param] ?? '';
  return Object.hasOwn(said.roles, value) ? (said.roles[value] ?? 'signed-in') : 'signed-in';
}

function access(value: RouteAccess | AccessByParam): MethodDecorator & ClassDecorator {
  return (target: object, _key?: string | symbol, descriptor?: PropertyDescriptor): void => {
    if (descriptor !== undefined) addRouteConfig(descriptor.value as object, { access: value });
    else methodsOf(target).forEach((method) => addAccessWhereNone(method, value));
  };
}

// Method decorators run before class decorators, so the route's own access is already set.
function addAccessWhereNone(method: object, value: RouteAccess | AccessByParam): void {
  if (!('access' in routeConfigOf(method))) addRouteConfig(method, { access: value });
}

function methodsOf(controller: object): readonly object[] {
  const prototype = (controller as { readonly prototype: object }).prototype;
  return Object.values(Object.getOwnPropertyDescriptors(prototype))
    .map((each) => each.value as unknown)
    .filter((each): each is object => typeof each === 'function' && each !== controller);
}
