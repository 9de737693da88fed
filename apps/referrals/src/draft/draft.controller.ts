import { Allow, CurrentActor, type Actor } from '#access';
import { BeginDraft, DraftSectionView, DraftView, EndedDraft, SaveDraftSection } from '#contracts';
import { Answers, Command, CommandOf, pageOf, Takes, type Answer, type CommandRequest, type Page } from '#service';
import { Body, Controller, Delete, Get, Param, Post, Put, Query } from '@nestjs/common';
import { DraftQueries } from './draft.queries.ts';
import { DraftService } from './draft.service.ts';

const staff = [
  ...(['discharge-planner', 'intake-worker', 'organization-admin'] as const),
  ...(['coordinator', 'network-admin', 'privacy-officer'] as const),
];

/** What a person is writing: their own drafts, and nobody else's. */
@Controller('drafts')
export class DraftController {
  constructor(
    private readonly service: DraftService,
    private readonly queries: DraftQueries,
  ) {}

  @Get()
  @Allow(...staff)
  @Answers(DraftView, {
    page: true,
    description: 'Newest first, each with what was typed. A page ends before 1 MB, however large `limit` is.',
  })
  list(@CurrentActor() actor: Actor, @Query() query: unknown): Promise<Page<DraftView>> {
    return this.queries.list(actor, pageOf(query, ['id']));
  }

  @Post()
  @Allow(...staff)
  @Command()
  @Takes(BeginDraft)
  @Answers(DraftView, { status: 201, description: 'A new draft.' })
  @Answers(DraftView, { description: 'A draft that was begun before, without what was typed.' })
  begin(@CommandOf() request: CommandRequest, @Body() body: BeginDraft): Promise<Answer> {
    return this.service.begin(request, body);
  }

  @Get(':id')
  @Allow(...staff)
  @Answers(DraftView)
  one(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<DraftView> {
    return this.queries.one(actor, id);
  }

  @Delete(':id')
  @Allow(...staff)
  @Command()
  @Answers(EndedDraft, { description: 'What was typed is erased.' })
  discard(@CommandOf() request: CommandRequest, @Param('id') id: string): Promise<Answer> {
    return this.service.discard(request, id);
  }

  @Put(':id/sections/:section')
  @Allow(...staff)
  @Command({ ifMatch: true })
  @Takes(SaveDraftSection)
  @Answers(DraftSectionView, {
    description:
      'Saved, without what was typed. A section that was never saved has the version 0: `If-Match: "0"`. 412 has the stored `section`, to merge with; null where there is none.',
  })
  save(
    @CommandOf() request: CommandRequest,
    @Param('id') id: string,
    @Param('section') section: string,
    @Body() body: SaveDraftSection,
  ): Promise<Answer> {
    return this.service.save(request, id, section, body);
  }
}
