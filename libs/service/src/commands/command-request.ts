import type { Actor } from '#access';

/** A command's form, checked: what {@link CommandRunner} needs to know of the request. */
export interface CommandRequest {
  readonly actor: Actor;
  readonly idempotencyKey: string;
  /** SHA-256 (hex) of method, path and body: a repeat has the same. */
  readonly requestHash: string;
  /** The version in `If-Match`, where it was sent. */
  readonly ifMatch?: number;
  /** A ⇄ route was called without If-Match: 428, but only once the rest of the form has been found right. */
  readonly ifMatchMissing?: boolean;
  readonly correlationId: string;
  readonly traceparent: string | null;
}
