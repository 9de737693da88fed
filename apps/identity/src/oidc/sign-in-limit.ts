import { addRouteConfig } from '#access';

/**
 * Per address and minute; one sign-in makes four requests. Far above an organization full of people, far below what would
 * fill the table of sign-ins in progress.
 */
export const signInsPerMinute = 300;

/** In the form of Fastify's route configuration; counted only if requests are counted at all. */
export const signInLimit = { mostPerMinute: signInsPerMinute } as const;

/** {@link signInLimit} for a route of a controller. */
export function LimitedAsSignIn(): MethodDecorator {
  return (_target, _key, descriptor) => addRouteConfig(descriptor.value as object, signInLimit);
}
