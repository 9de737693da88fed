import { Allow, CurrentActor, type Actor } from '#access';
import { BoardAsked, BoardRowView } from '#contracts';
import { After, Answers, Asks, pageOf, Positions, type Page } from '#service';
import { Controller, Get, Query } from '@nestjs/common';
import { sectionSort } from '../../urgency/sections.ts';
import { BoardQueries } from './board.queries.ts';

@Controller('board')
export class BoardController {
  constructor(
    private readonly queries: BoardQueries,
    private readonly positions: Positions,
  ) {}

  @Get()
  @Allow('coordinator', 'network-admin', 'discharge-planner', 'organization-admin')
  @Asks(BoardAsked)
  @Answers(BoardRowView, { page: true })
  async board(
    @CurrentActor() actor: Actor,
    @Query() asked: BoardAsked,
    @After() after: string | undefined,
  ): Promise<Page<BoardRowView>> {
    const page = pageOf(asked, sectionSort);
    await this.positions.wait(after, (position) => this.positions.contained(position, ['coordination.board']));
    return this.queries.page(actor, asked, page);
  }
}
