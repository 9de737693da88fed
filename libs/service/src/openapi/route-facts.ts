import type { FieldsClass } from '#contracts';

/** What the decorators of a route declare; the interceptors and the OpenAPI document read it. */
export interface RouteFacts {
  readonly command?: { readonly ifMatch: boolean };
  /** Parsed before the handler. */
  readonly takes?: new () => object;
  /** Parsed by the handler itself. */
  readonly takesOneOf?: readonly (new () => object)[];
  readonly asks?: new () => object;
  readonly answers?: readonly RouteAnswer[];
  /** A ⧗ read: takes `?after=`. */
  readonly waits?: boolean;
  readonly form?: boolean;
  /** Request headers in addition to those of a command. */
  readonly headers?: readonly RequestHeader[];
  /** Statuses of problems in addition to those that follow from access and body. */
  readonly refuses?: readonly number[];
}

export interface RequestHeader {
  readonly name: string;
  readonly description: string;
}

export interface RouteAnswer {
  readonly view: FieldsClass | null;
  readonly status: number;
  readonly shape: 'one' | 'page' | 'list';
  readonly description: string | undefined;
}

const factsOf = Symbol('route facts');
const none: RouteFacts = {};

export function routeFacts(handler: object): RouteFacts {
  return (Reflect.getMetadata(factsOf, handler) as RouteFacts | undefined) ?? none;
}

export function addRouteFacts(handler: object, facts: RouteFacts): void {
  Reflect.defineMetadata(factsOf, { ...routeFacts(handler), ...facts }, handler);
}
