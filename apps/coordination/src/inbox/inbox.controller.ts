import { Allow, CurrentActor, type Actor } from '#access';
import { InboxAsked, InboxRowView } from '#contracts';
import { After, Answers, Asks, pageOf, Positions, type Page } from '#service';
import { Controller, Get, Query } from '@nestjs/common';
import { sectionSort } from '../urgency/sections.ts';
import { InboxQueries } from './inbox.queries.ts';

@Controller('inbox')
export class InboxController {
  constructor(
    private readonly queries: InboxQueries,
    private readonly positions: Positions,
  ) {}

  @Get()
  @Allow('intake-worker', 'organization-admin')
  @Asks(InboxAsked)
  @Answers(InboxRowView, { page: true })
  async inbox(
    @CurrentActor() actor: Actor,
    @Query() asked: InboxAsked,
    @After() after: string | undefined,
  ): Promise<Page<InboxRowView>> {
    const page = pageOf(asked, sectionSort);
    await this.positions.wait(after, (position) => this.positions.contained(position, ['coordination.board']));
    return this.queries.page(actor, asked, page);
  }
}
