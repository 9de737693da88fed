import type { FastifyRequest } from 'fastify';
import type { Actor } from '#access';
import type { CommandRequest } from '../commands/command-request.ts';

/** What the shell stores in a request as it arrives. */
export interface ShellRequest extends FastifyRequest {
  /** Lower-case UUID: the caller's, or new. */
  correlationId: string;
  /** The caller's W3C trace context, if it is well-formed. */
  traceparent: string | null;
  /** Undefined on public routes. */
  actor?: Actor;
  /** On ✎ routes. */
  command?: CommandRequest;
}
