import { Inject, Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { catchError, from, throwError, type Observable } from 'rxjs';
import type { InstantText } from '#contracts';
import { CLOCK, type Clock } from '#events';
import { jsonFaults } from '../../bytes/json-faults.ts';
import { parseBody, parseQuery } from '../../body/parse-body.ts';
import { routeFacts, type RouteFacts } from '../../openapi/route-facts.ts';
import { Invalid, OutsideWindow, type FieldFault } from '../../problems/form.problems.ts';
import type { ShellRequest } from '../../http/shell-request.ts';
import { CommandRunner } from '../command-runner.ts';
import { commandForm } from './command-form.ts';
import { requestHash } from './request-hash.ts';

/** Checks the form of a request before its handler: headers of commands, the body of `@Takes`, the query of `@Asks`. */
@Injectable()
export class FormInterceptor implements NestInterceptor {
  constructor(
    private readonly commands: CommandRunner,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    if (context.getType() !== 'http') return next.handle();
    const request = context.switchToHttp().getRequest<ShellRequest>();
    const late = await checkForm(routeFacts(context.getHandler()), request, this.clock.now());
    if (late !== undefined) return from(this.repeated(request, late));
    return next
      .handle()
      .pipe(
        catchError((error: unknown) =>
          error instanceof OutsideWindow ? from(this.repeated(request, error)) : throwError(() => error),
        ),
      );
  }

  private async repeated({ command }: ShellRequest, late: OutsideWindow): Promise<unknown> {
    const answer = command === undefined ? undefined : await this.commands.repeated(command);
    if (answer === undefined) throw late;
    return answer;
  }
}

/** Returns the fault if values outside their windows are the only fault; throws {@link Invalid} for every other fault. */
async function checkForm(
  facts: RouteFacts,
  request: ShellRequest,
  now: InstantText,
): Promise<OutsideWindow | undefined> {
  const { command, takes, asks } = facts;
  const query = asks === undefined ? undefined : tryParse(() => parseQuery(asks, request.query, now));
  const body = takes === undefined ? unparsed(request) : tryParse(() => parseBody(takes, request.body, now));
  const late = query?.late ?? body.late;
  const faults = [...(query?.faults ?? []), ...body.faults];
  if (command !== undefined) {
    const headers = commandForm(request, command.ifMatch, late === undefined ? faults : []);
    // The hash is of the body as it was sent, so it is taken before the body is replaced.
    request.command = { ...headers, requestHash: await requestHash(request.method, request.url, request.body) };
  }
  if (late !== undefined && faults.length === late.errors.length) return late;
  if (faults.length > 0) throw new Invalid(faults);
  if (takes !== undefined) request.body = body.value;
  if (query !== undefined) keepPaging(request, query.value);
  return undefined;
}

// `@Query() query` is an object of the class, and `pageOf(query)` still finds the paging fields of every list.
function keepPaging(request: ShellRequest, parsed: object | undefined): void {
  const { cursor, limit, after } = request.query as Record<string, unknown>;
  request.query = Object.assign(parsed ?? {}, { cursor, limit, after });
}

// The handler parses the body; JSON faults that no handler accepts are refused here already.
function unparsed({ body }: ShellRequest): Parsed {
  return { faults: jsonFaults(body) };
}

interface Parsed {
  readonly value?: object;
  readonly faults: readonly FieldFault[];
  /** Set if these are the only faults. */
  readonly late?: OutsideWindow;
}

function tryParse(parse: () => object): Parsed {
  try {
    return { value: parse(), faults: [] };
  } catch (error) {
    if (error instanceof OutsideWindow) return { faults: error.errors, late: error };
    if (error instanceof Invalid) return { faults: error.errors };
    throw error;
  }
}
