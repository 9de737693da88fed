import { addRouteConfig } from '#access';
import type { FieldsClass } from '#contracts';
import { addRouteFacts, routeFacts, type RequestHeader, type RouteFacts } from './route-facts.ts';

export interface AnswersOptions {
  /** By default 200. */
  readonly status?: number;
  /** `{items, next}` of the class. */
  readonly page?: boolean;
  /** A plain list of the class. */
  readonly list?: boolean;
  readonly description?: string;
}

/** The body of a route's 2xx answer, for OpenAPI; null for an answer without one. Use it once for each status. */
export function Answers(view: FieldsClass | null, options: AnswersOptions = {}): MethodDecorator {
  const shape = options.page === true ? 'page' : options.list === true ? 'list' : 'one';
  const answer = { view, status: options.status ?? 200, shape, description: options.description } as const;
  return (_target, _key, descriptor) => {
    const handler = descriptor.value as object;
    addRouteFacts(handler, { answers: [...(routeFacts(handler).answers ?? []), answer] });
  };
}

/** The body of a route: documented, and parsed before the handler, whose `@Body()` then is of that class. */
export function Takes(takes: new () => object): MethodDecorator {
  return takesBody([takes], { takes });
}

/** Documents a route whose handler itself parses one of several bodies, with `parseBody`. */
export function TakesOneOf(...takesOneOf: readonly (new () => object)[]): MethodDecorator {
  return takesBody(takesOneOf, { takesOneOf });
}

/** The query parameters of a read: documented, and parsed before the handler into its `@Query()`. */
export function Asks(asks: new () => object): MethodDecorator {
  return facts({ asks });
}

/** The largest body of this route in bytes, if the usual 256 KB are not enough: it takes a file. */
export function BodyLimit(bytes: number): MethodDecorator {
  return (_target, _key, descriptor) => addRouteConfig(descriptor.value as object, { bodyLimit: bytes });
}

/** This route (of an OIDC issuer) takes `application/x-www-form-urlencoded`; its body is a record of texts. */
export function TakesForm(): MethodDecorator {
  return (_target, _key, descriptor) => {
    addRouteConfig(descriptor.value as object, { form: true });
    addRouteFacts(descriptor.value as object, { form: true });
  };
}

/** Documents a request header that this route requires; its handler checks it. */
export function TakesHeader(header: RequestHeader): MethodDecorator {
  return (_target, _key, descriptor) => {
    const handler = descriptor.value as object;
    addRouteFacts(handler, { headers: [...(routeFacts(handler).headers ?? []), header] });
  };
}

/** Documents statuses of problems that do not follow from the route's access and body. */
export function Refuses(...refuses: readonly number[]): MethodDecorator {
  return facts({ refuses });
}

// Fastify needs the limit before there is a handler, so it is also in the route's config.
function takesBody(takes: readonly FieldsClass[], said: RouteFacts): MethodDecorator {
  return (_target, _key, descriptor) => {
    addRouteConfig(descriptor.value as object, { takes });
    addRouteFacts(descriptor.value as object, said);
  };
}

function facts(said: RouteFacts): MethodDecorator {
  return (_target, _key, descriptor) => addRouteFacts(descriptor.value as object, said);
}
