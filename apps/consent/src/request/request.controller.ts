import { Controller, Get, Query } from '@nestjs/common';
import { Allow, CurrentActor, type Actor } from '#access';
import { ConsentRequestsAsked, ConsentRequestView } from '#contracts';
import { After, Answers, Asks, pageOf, Positions, type Page, type Position } from '#service';
import { RequestQueries } from './request.queries.ts';

@Controller('requests')
export class RequestController {
  constructor(
    private readonly queries: RequestQueries,
    private readonly positions: Positions,
  ) {}

  @Get()
  @Allow('discharge-planner', 'organization-admin', 'coordinator')
  @Asks(ConsentRequestsAsked)
  @Answers(ConsentRequestView, { page: true })
  async list(
    @CurrentActor() actor: Actor,
    @Query() asked: ConsentRequestsAsked,
    @After() after: Position | undefined,
  ): Promise<Page<ConsentRequestView>> {
    const page = pageOf(asked, ['id']);
    await this.positions.wait(after);
    return this.queries.list(actor, asked.open, page);
  }
}
