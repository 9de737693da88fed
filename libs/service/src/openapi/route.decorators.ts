import type { FieldsClass } from '#contracts';

export interface AnswersOptions {
  /** 200 unless told. */
  readonly status?: number;
  /** `{items, next}` of the class. */
  readonly page?: boolean;
  /** A plain list of the class. */
  readonly list?: boolean;
  readonly description?: string;
}

/** The body of a route's 2xx answer, for OpenAPI. */
export function Answers(_view: FieldsClass, _options: AnswersOptions = {}): MethodDecorator {
  throw new Error('not built yet');
}

/** The body that a route takes: documented, and parsed before the handler, whose `@Body()` is then of that class. */
export function Takes(_command: new () => object): MethodDecorator {
  throw new Error('not built yet');
}

/** Documents a route that parses by itself one of several bodies. */
export function TakesOneOf(..._commands: readonly (new () => object)[]): MethodDecorator {
  throw new Error('not built yet');
}

/** The query parameters of a route: documented; parse them with `parseBody(cls, query)`. */
export function Asks(_query: new () => object): MethodDecorator {
  throw new Error('not built yet');
}

/** Largest body of this route in bytes, where 256 KB is not enough. */
export function BodyLimit(_bytes: number): MethodDecorator {
  throw new Error('not built yet');
}

/** This route (of an OIDC issuer) takes `application/x-www-form-urlencoded`; its body is a record of texts. */
export function TakesForm(): MethodDecorator {
  throw new Error('not built yet');
}
