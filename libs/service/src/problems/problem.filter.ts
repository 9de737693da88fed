import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { throwError, type Observable } from 'rxjs';
import { IssuerUnavailable, RoleNotAllowed, SignInRequired } from '#access';
import { databaseFault } from '#persistence';
import type { Log } from '../logs/log.ts';
import { safeError } from '../logs/safe-error.ts';
import type { ShellRequest } from '../http/shell-request.ts';
import { Invalid, NotFound, RoleRefused, TooLarge, Unauthenticated, UnsupportedMedia } from './form.problems.ts';
import { Bug, ServiceUnavailable } from './later.problems.ts';
import { Problem } from './problem.ts';

/** Turns every error of a request into its problem of contract.md §1. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(error: unknown, host: ArgumentsHost): Observable<never> | void {
    // event handlers classify their own errors (traps.md 29)
    if (host.getType() !== 'http') return throwError(() => error);
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<ShellRequest>(), http.getResponse<FastifyReply>());
  }

  answer(error: unknown, request: Pick<ShellRequest, 'correlationId'>, reply: FastifyReply): void {
    const found = problemOf(error);
    const problem = found instanceof TooLarge ? new TooLarge(reply.request.routeOptions.bodyLimit) : found;
    if (problem.status >= 500) this.tell(error, problem, request);
    if (reply.sent) return;
    reply
      .status(problem.status)
      .headers({ ...problem.headers })
      .type('application/problem+json')
      .send(JSON.stringify(problem.toBody()));
  }

  private tell(error: unknown, problem: Problem, { correlationId }: Pick<ShellRequest, 'correlationId'>): void {
    const isBug = problem instanceof Bug;
    const line = { correlationId, code: problem.code, error: safeError(error, isBug ? 'dropped' : 'kept') };
    this.log[isBug ? 'error' : 'warn'](line, `answered ${problem.status}`);
  }
}

/** The problem for an error; a {@link Bug} if nothing better is known. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof SignInRequired) return new Unauthenticated();
  if (error instanceof RoleNotAllowed) return new RoleRefused();
  if (error instanceof IssuerUnavailable) return new ServiceUnavailable();
  if (error instanceof HttpException) return problemOfStatus(error.getStatus(), isOfBody(error.cause));
  return databaseFault(error) === 'other' ? new Bug() : new ServiceUnavailable();
}

// errors of Fastify and Nest keep their status, but get our text
function problemOfStatus(status: number, ofBody: boolean): Problem {
  switch (status) {
    case 404:
    case 405:
      return new NotFound();
    case 413:
      return new TooLarge();
    case 415:
      return new UnsupportedMedia();
    default:
      return status >= 500 ? new Bug() : new Invalid([ofBody ? notJson : notAsRequired]);
  }
}

const notJson = { field: 'body', message: 'the body is not well-formed JSON', allowed: 'JSON' };
const notAsRequired = { field: 'request', message: 'the request is invalid' };

// Fastify's codes for what its content-type parsers reject
function isOfBody(cause: unknown): boolean {
  const { code } = (cause ?? {}) as { readonly code?: unknown };
  return typeof code === 'string' && code.startsWith('FST_ERR_CTP');
}
