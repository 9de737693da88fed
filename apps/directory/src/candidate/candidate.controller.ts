import { Body, Controller, HttpCode, Post, Query } from '@nestjs/common';
import { Allow, CurrentActor, type Actor } from '#access';
import { RankCandidates, RankedCandidateView } from '#contracts';
import { Answers, pageFrom, pageOf, Takes, type Page } from '#service';
import { HealthcareServiceQueries } from '../healthcare-service/healthcare-service.queries.ts';
import { rankCandidates } from './candidate.ts';

@Controller('candidates')
export class CandidateController {
  constructor(private readonly services: HealthcareServiceQueries) {}

  /** A POST, since what a client needs is nothing for an address line. */
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
    const ranked = rankCandidates(await this.services.forNeed(actor, asked), asked);
    return pageFrom(
      page,
      ranked.slice(seen, seen + page.limit + 1),
      (each) => [each.rank],
      (each) => each,
    );
  }
}
