import { Body, Controller, HttpCode, Post, Query } from '@nestjs/common';
import { Allow, CurrentActor, hasRole, type Actor } from '#access';
import { RankCandidates, RankedCandidateView } from '#contracts';
import { Answers, Invalid, pageFrom, pageOf, Takes, type Page } from '#service';
import { HealthcareServiceQueries } from '../healthcare-service/healthcare-service.queries.ts';
import { rankCandidates } from './candidate.ts';

@Controller('candidates')
export class CandidateController {
  constructor(private readonly services: HealthcareServiceQueries) {}

  /** A POST, because a client's needs must not be in a URL. */
  @Post()
  @HttpCode(200)
  @Allow('discharge-planner', 'organization-admin', 'coordinator', 'system-client')
  @Takes(RankCandidates)
  @Answers(RankedCandidateView, { page: true })
  async rank(
    @CurrentActor() actor: Actor,
    @Query() query: unknown,
    @Body() asked: RankCandidates,
  ): Promise<Page<RankedCandidateView>> {
    const page = pageOf(query, ['number']);
    const seen = Number(page.after?.[0] ?? 0);
    await this.refuseUnknownArea(actor, asked);
    const ranked = rankCandidates(await this.services.forNeed(actor, asked), asked);
    return pageFrom(
      page,
      ranked.slice(seen, seen + page.limit + 1),
      (each) => [each.rank],
      (each) => each,
    );
  }

  /** Checked only for people: a program asks about an existing need, whose area it cannot change. */
  private async refuseUnknownArea(actor: Actor, { areaId }: RankCandidates): Promise<void> {
    if (hasRole(actor, 'system-client') || (await this.services.hasArea(actor, areaId))) return;
    const allowed = 'an id of /api/directory/areas';
    throw new Invalid([{ field: 'areaId', message: 'no area has this id', allowed }]);
  }
}
