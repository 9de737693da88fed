import { addRouteConfig } from '#access';

/**
 * For one address in a minute; a sign-in asks four times. Far above a house full of people, far below what would fill the
 * table of sign-ins under way.
 */
export const signInsPerMinute = 300;

/** As Fastify's route configuration has it; counted where the house counts requests at all. */
export const signInLimit = { mostPerMinute: signInsPerMinute } as const;

/** {@link signInLimit} for a route of a controller. */
export function LimitedAsSignIn(): MethodDecorator {
  return (_target, _key, descriptor) => addRouteConfig(descriptor.value as object, signInLimit);
}
