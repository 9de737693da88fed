import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { ShellRequest } from './shell-request.ts';

/** What joins an event to the request that caused it, for routes that are no ✎ command. */
export interface CorrelationOf {
  readonly correlationId: string;
  readonly traceparent: string | null;
}

export const Correlation = createParamDecorator((_: unknown, context: ExecutionContext): CorrelationOf => {
  const { correlationId, traceparent } = context.switchToHttp().getRequest<ShellRequest>();
  return { correlationId, traceparent };
});
