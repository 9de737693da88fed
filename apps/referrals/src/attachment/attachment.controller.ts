import { Allow, CurrentActor, type Actor } from '#access';
import {
  AddAttachment,
  AddedAttachment,
  AttachmentView,
  fileBodyMaxBytes,
  RemoveAttachment,
  RemovedAttachment,
  WholeAttachment,
} from '#contracts';
import {
  After,
  Answers,
  BodyLimit,
  Command,
  CommandOf,
  pageOf,
  Positions,
  Takes,
  withEtag,
  type Answer,
  type CommandRequest,
  type Page,
} from '#service';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { AttachmentQueries } from './attachment.queries.ts';
import { AttachmentService } from './attachment.service.ts';

@Controller()
export class AttachmentController {
  constructor(
    private readonly service: AttachmentService,
    private readonly queries: AttachmentQueries,
    private readonly positions: Positions,
  ) {}

  @Post('referrals/:id/attachments')
  @Allow('discharge-planner', 'organization-admin')
  @Command()
  @BodyLimit(fileBodyMaxBytes)
  @Takes(AddAttachment)
  @Answers(AddedAttachment, { status: 201 })
  add(@CommandOf() request: CommandRequest, @Param('id') id: string, @Body() body: AddAttachment): Promise<Answer> {
    return this.service.add(request, id, body);
  }

  @Get('referrals/:id/attachments')
  @Allow('discharge-planner', 'organization-admin', 'privacy-officer')
  @Answers(AttachmentView, { page: true })
  async list(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Query() query: unknown,
    @After() after: string | undefined,
  ): Promise<Page<AttachmentView>> {
    const page = pageOf(query, ['instant', 'id']);
    await this.positions.wait(after);
    return this.queries.ofReferral(actor, id, page);
  }

  @Get('attachments/:id')
  @Allow('discharge-planner', 'organization-admin', 'privacy-officer')
  @Answers(WholeAttachment)
  async one(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<Answer> {
    const attachment = await this.queries.one(actor, id);
    return { ...withEtag(attachment, attachment.version), inPieces: true };
  }

  @Post('attachments/:id/remove')
  @Allow('discharge-planner', 'organization-admin')
  @Command({ ifMatch: true })
  @Takes(RemoveAttachment)
  @Answers(RemovedAttachment)
  remove(
    @CommandOf() request: CommandRequest,
    @Param('id') id: string,
    @Body() body: RemoveAttachment,
  ): Promise<Answer> {
    return this.service.remove(request, id, body);
  }
}
