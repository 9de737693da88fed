import { Allow, CurrentActor, type Actor } from '#access';
import { OpenPacket, PacketView } from '#contracts';
import { Answers, Correlation, Takes, type Answer, type CorrelationOf } from '#service';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { PacketService } from './packet.service.ts';

@Controller('tasks')
export class PacketController {
  constructor(private readonly service: PacketService) {}

  /** Not idempotent on purpose: each 200 is one disclosure, committed before a byte of the body is written. */
  @Post(':id/packet')
  @Allow('intake-worker', 'organization-admin', 'coordinator', 'discharge-planner')
  @Takes(OpenPacket)
  @Answers(PacketView)
  async open(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: OpenPacket,
    @Correlation() correlation: CorrelationOf,
  ): Promise<Answer> {
    const packet = await this.service.open(actor, id, body, correlation);
    const inPieces = packet.attachments.some((each) => each.base64 !== undefined);
    return { status: 200, body: packet, inPieces, headers: { 'Disclosure-Id': packet.disclosureId } };
  }
}
