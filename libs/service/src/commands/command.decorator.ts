export interface CommandOptions {
  /** A ⇄ route: `If-Match` is required. */
  readonly ifMatch?: boolean;
}

/** A ✎ route: `Idempotency-Key` is required, the answer carries `Position`. */
export function Command(_options: CommandOptions = {}): MethodDecorator {
  throw new Error('not built yet');
}

/** The checked form of a ✎ route: a {@link CommandRequest}. */
export function CommandOf(): ParameterDecorator {
  throw new Error('not built yet');
}
