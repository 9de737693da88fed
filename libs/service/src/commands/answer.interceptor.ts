import {
  Injectable,
  RequestMethod,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { HTTP_CODE_METADATA, METHOD_METADATA } from '@nestjs/common/constants.js';
import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import { map, type Observable } from 'rxjs';
import { jsonPiecesInTurns } from '../bytes/json-pieces.ts';
import { inRequest } from '../context/request-context.ts';
import type { ShellRequest } from '../http/shell-request.ts';
import { isAnswer, type Answer } from './answer.ts';

/** Writes what a controller returned: an {@link Answer} with its headers, anything else as a body alone. */
@Injectable()
export class AnswerInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const http = context.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    const inHand = { request: http.getRequest<ShellRequest>(), reply };
    if (isPlainPost(context.getHandler())) reply.status(200);
    // Nest binds what comes after to the context in which `handle` was called, not to that of the subscriber
    const answered = inRequest(inHand, () => next.handle());
    return answered.pipe(map((value: unknown) => (isAnswer(value) ? written(reply, value) : value)));
  }
}

function written(reply: FastifyReply, answer: Answer): unknown {
  reply.status(answer.status);
  const headers = {
    ETag: answer.etag,
    Position: answer.position,
    Location: answer.location,
    'Idempotent-Replayed': answer.replayed === true ? 'true' : undefined,
    ...answer.headers,
  };
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) reply.header(name, value);
  }
  if (answer.inPieces !== true) return answer.body;
  reply.type('application/json; charset=utf-8');
  return Readable.from(jsonPiecesInTurns(answer.body), { highWaterMark: 1 });
}

// Nest answers every POST 201; in the contract only what makes something does, and says so in its Answer.
function isPlainPost(handler: object): boolean {
  const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
  return method === RequestMethod.POST && Reflect.getMetadata(HTTP_CODE_METADATA, handler) === undefined;
}
