import { Allow, CurrentActor, type Actor } from '#access';
import { Answers } from '#service';
import { Controller, Get, Headers, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Sink } from './live-stream.ts';
import { LiveService } from './live.service.ts';

@Controller('live')
export class LiveController {
  constructor(private readonly service: LiveService) {}

  @Get()
  @Allow('discharge-planner', 'intake-worker', 'organization-admin', 'coordinator', 'network-admin', 'privacy-officer')
  @Answers(null, {
    description:
      'text/event-stream: `changed` {taskId, referralId, version}; `reset`: ask for everything again; `replaced`: a newer ' +
      'stream of the same person took this place (ten at a time are kept). 429 where one organization has as many open as it may. ' +
      'Ids are opaque, and mean nothing to others.',
  })
  async live(
    @CurrentActor() actor: Actor,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const closed = await this.service.open(actor, lastEventId, () => sinkOf(reply));
    reply.raw.once('close', closed);
    if (reply.raw.destroyed) closed();
  }
}

/** From here on the handler writes the answer itself, with the headers that every answer has. */
function sinkOf(reply: FastifyReply): Sink {
  const { raw } = reply.hijack();
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream; charset=utf-8',
    'x-accel-buffering': 'no',
  });
  return {
    write: (text) => void raw.write(text),
    end: () => void raw.end(),
    get waiting() {
      return raw.writableLength;
    },
  };
}
