import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { ShellRequest } from '../http/shell-request.ts';

/** Ties an event to the request that caused it, on routes that are not commands. */
export interface CorrelationOf {
  readonly correlationId: string;
  readonly traceparent: string | null;
}

/** The request's correlation: a {@link CorrelationOf}. */
export const Correlation = createParamDecorator((_: unknown, context: ExecutionContext): CorrelationOf => {
  const { correlationId, traceparent } = context.switchToHttp().getRequest<ShellRequest>();
  return { correlationId, traceparent };
});
