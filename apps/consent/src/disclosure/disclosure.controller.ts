import { Controller, Get, Query } from '@nestjs/common';
import { Allow, CurrentActor, type Actor } from '#access';
import { DisclosureEntryView, DisclosuresAsked } from '#contracts';
import { After, Answers, Asks, Invalid, pageOf, Positions, type Page, type Position } from '#service';
import { DisclosureQueries } from './disclosure.queries.ts';

@Controller('disclosures')
export class DisclosureController {
  constructor(
    private readonly queries: DisclosureQueries,
    private readonly positions: Positions,
  ) {}

  @Get()
  @Allow('privacy-officer', 'discharge-planner', 'coordinator')
  @Asks(DisclosuresAsked)
  @Answers(DisclosureEntryView, { page: true })
  async list(
    @CurrentActor() actor: Actor,
    @Query() asked: DisclosuresAsked,
    @After() after: Position | undefined,
  ): Promise<Page<DisclosureEntryView>> {
    if (asked.clientId === undefined && asked.taskId === undefined) {
      const message = 'name the client or the Task whose disclosures are asked for';
      throw new Invalid([{ field: 'clientId', message, allowed: ['clientId', 'taskId'] }]);
    }
    const page = pageOf(asked, ['number']);
    await this.positions.wait(after);
    return this.queries.list(actor, asked, page);
  }
}
