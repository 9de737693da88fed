import { Body, Controller, Post } from '@nestjs/common';
import { Allow, CurrentActor, type Actor } from '#access';
import { AskDecision, DecisionView } from '#contracts';
import { Answers, Takes } from '#service';
import { DecisionQueries } from './decision.queries.ts';

@Controller('decisions')
export class DecisionController {
  constructor(private readonly queries: DecisionQueries) {}

  @Post()
  @Allow('discharge-planner', 'organization-admin', 'privacy-officer', 'system-client')
  @Takes(AskDecision)
  @Answers(DecisionView)
  decide(@CurrentActor() actor: Actor, @Body() asked: AskDecision): Promise<DecisionView> {
    return this.queries.explain(actor, asked);
  }
}
