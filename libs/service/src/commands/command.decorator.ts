import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { addRouteFacts } from '../openapi/route-facts.ts';
import type { ShellRequest } from '../http/shell-request.ts';
import type { CommandRequest } from './command-request.ts';

export interface CommandOptions {
  /** A ⇄ route: `If-Match` is required. */
  readonly ifMatch?: boolean;
}

/** A ✎ route: `Idempotency-Key` is required, the answer carries `Position` (contract.md §1). */
export function Command(options: CommandOptions = {}): MethodDecorator {
  return (_target, _key, descriptor) =>
    addRouteFacts(descriptor.value as object, { command: { ifMatch: options.ifMatch === true } });
}

/** The checked form of a ✎ route: a {@link CommandRequest}. */
export const CommandOf = createParamDecorator((_: unknown, context: ExecutionContext): CommandRequest => {
  const { command } = context.switchToHttp().getRequest<ShellRequest>();
  if (command === undefined) throw new Error('a route that takes @CommandOf() is marked @Command()');
  return command;
});
