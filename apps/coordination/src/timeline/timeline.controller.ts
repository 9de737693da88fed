import { CurrentActor, type Actor } from '#access';
import { TimelineView } from '#contracts';
import { After, Answers, Positions, withEtag, type Answer } from '#service';
import { Controller, Get, Param } from '@nestjs/common';
import { TimelineQueries } from './timeline.queries.ts';

@Controller('referrals')
export class TimelineController {
  constructor(
    private readonly queries: TimelineQueries,
    private readonly positions: Positions,
  ) {}

  @Get(':id/timeline')
  @Answers(TimelineView)
  async timeline(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @After() after: string | undefined,
  ): Promise<Answer> {
    await this.positions.wait(after, (position) => this.positions.contained(position, ['coordination.timeline']));
    const timeline = await this.queries.timeline(actor, id);
    return withEtag(timeline, timeline.version);
  }
}
