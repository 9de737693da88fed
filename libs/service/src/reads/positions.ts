/** An opaque token of (stream, version), as the `Position` header gives it. */
export type Position = string;

/** `?after=` of a ⧗ read: a Position, or undefined. */
export function After(): ParameterDecorator {
  throw new Error('not built yet');
}

export interface StreamPosition {
  readonly service: string;
  readonly key: string;
  readonly version: number;
}

/** Waits until this service's view contains what the caller has already seen happen. */
export class Positions {
  /**
   * Up to 5 s. False when it was not reached: the answer then says `Position-Reached: false`. Without `reached`: own
   * streams by their version, others by what all of this service's groups have handled.
   */
  wait(_after: Position | undefined, _reached?: (position: StreamPosition) => Promise<boolean>): Promise<boolean> {
    throw new Error('not built yet');
  }
}
