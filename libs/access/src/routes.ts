import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Role } from '#contracts';
import type { Actor } from './actor.ts';
import { addRouteConfig, routeConfigOf } from './route-config.ts';

/** Who may call a route: everybody, every signed-in person, or the holders of one of these roles. */
export type RouteAccess = 'public' | 'signed-in' | readonly Role[];

/** The roles for a route's own parameters, such as an action; undefined where they name nothing (a 404 later on). */
export type RolesByParams = (params: Readonly<Record<string, string>>) => readonly Role[] | undefined;

/** A request in which the gate has left the actor. */
export interface AdmittedRequest {
  actor?: Actor;
}

/** Anyone, without a token: on a route, or on a controller for those of its routes that say nothing themselves. */
export function Public(): MethodDecorator & ClassDecorator {
  return access('public');
}

/** Only holders of one of these roles; 403 for every other signed-in person. A route's own word beats its controller's. */
export function Allow(...roles: readonly Role[]): MethodDecorator & ClassDecorator {
  return access(roles);
}

/** As {@link Allow}, where the roles hang on the path: `AllowBy(({ action }) => rolesOf[action])`. */
export function AllowBy(rolesOf: RolesByParams): MethodDecorator & ClassDecorator {
  return access(rolesOf);
}

/** The actor of the request. On a public route nobody was asked for a token: there it is a fault to want an actor. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const { actor } = context.switchToHttp().getRequest<AdmittedRequest>();
  if (actor === undefined) throw new Error('a public route has no actor');
  return actor;
});

/** What a route's config says of access, for these parameters; without a word: every signed-in person, no one else. */
export function accessOf(config: object | undefined, params: Readonly<Record<string, string>> = {}): RouteAccess {
  const said = (config as { readonly access?: RouteAccess | RolesByParams } | undefined)?.access;
  return (typeof said === 'function' ? said(params) : said) ?? 'signed-in';
}

function access(value: RouteAccess | RolesByParams): MethodDecorator & ClassDecorator {
  return (target: object, _key?: string | symbol, descriptor?: PropertyDescriptor): void => {
    if (descriptor !== undefined) addRouteConfig(descriptor.value as object, { access: value });
    else methodsOf(target).forEach((method) => addAccessWhereNone(method, value));
  };
}

// Method decorators run before their class's: what a route says of itself is there already.
function addAccessWhereNone(method: object, value: RouteAccess | RolesByParams): void {
  if (!('access' in routeConfigOf(method))) addRouteConfig(method, { access: value });
}

function methodsOf(controller: object): readonly object[] {
  const prototype = (controller as { readonly prototype: object }).prototype;
  return Object.values(Object.getOwnPropertyDescriptors(prototype))
    .map((each) => each.value as unknown)
    .filter((each): each is object => typeof each === 'function' && each !== controller);
}
