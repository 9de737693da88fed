import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { Observable } from 'rxjs';
import { jsonFaults } from '../body/json-faults.ts';
import { parseBody, parseQuery } from '../body/parse-body.ts';
import { routeFacts, type RouteFacts } from '../openapi/route-facts.ts';
import { Invalid, type FieldFault } from '../problems/form.problems.ts';
import type { ShellRequest } from '../http/shell-request.ts';
import { commandForm } from './command-form.ts';

/** Checks the form of a request before its handler: headers of commands, the body of `@Takes`, the query of `@Asks`. */
@Injectable()
export class FormInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() === 'http') {
      checkForm(routeFacts(context.getHandler()), context.switchToHttp().getRequest<ShellRequest>());
    }
    return next.handle();
  }
}

function checkForm(facts: RouteFacts, request: ShellRequest): void {
  const { command, takes, asks } = facts;
  const query = asks === undefined ? undefined : asked(() => parseQuery(asks, request.query));
  const body = takes === undefined ? unparsed(request) : asked(() => parseBody(takes, request.body));
  const faults = [...(query?.faults ?? []), ...body.faults];
  // the hash is of the body as it was sent, so before it is replaced
  if (command !== undefined) request.command = commandForm(request, command.ifMatch, faults);
  if (faults.length > 0) throw new Invalid(faults);
  if (takes !== undefined) request.body = body.value;
  if (query !== undefined) keepPaging(request, query.value);
}

// `@Query() query` is of the class, and `pageOf(query)` still finds what every list may be asked for.
function keepPaging(request: ShellRequest, parsed: object | undefined): void {
  const { cursor, limit, after } = request.query as Record<string, unknown>;
  request.query = Object.assign(parsed ?? {}, { cursor, limit, after });
}

// The handler parses it; what no handler can cope with is refused here already.
function unparsed({ body }: ShellRequest): Asked {
  return { faults: jsonFaults(body) };
}

interface Asked {
  readonly value?: object;
  readonly faults: readonly FieldFault[];
}

function asked(parse: () => object): Asked {
  try {
    return { value: parse(), faults: [] };
  } catch (error) {
    if (error instanceof Invalid) return { faults: error.errors };
    throw error;
  }
}
