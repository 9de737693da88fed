import { Body, Controller, Get, Param, Patch, Query } from '@nestjs/common';
import { Allow, CurrentActor, type Actor } from '#access';
import { HealthcareServicesAsked, HealthcareServiceView, SetOpenness } from '#contracts';
import {
  Answers,
  Asks,
  Command,
  CommandOf,
  NotFound,
  pageOf,
  Takes,
  withEtag,
  type Answer,
  type CommandRequest,
  type Page,
} from '#service';
import { toHealthcareServiceView } from './healthcare-service.entity.ts';
import { HealthcareServiceQueries } from './healthcare-service.queries.ts';
import { HealthcareServiceService } from './healthcare-service.service.ts';

@Controller('healthcare-services')
export class HealthcareServiceController {
  constructor(
    private readonly queries: HealthcareServiceQueries,
    private readonly service: HealthcareServiceService,
  ) {}

  @Get()
  @Asks(HealthcareServicesAsked)
  @Answers(HealthcareServiceView, { page: true })
  list(@CurrentActor() actor: Actor, @Query() asked: HealthcareServicesAsked): Promise<Page<HealthcareServiceView>> {
    return this.queries.list(actor, asked, pageOf(asked, ['text']));
  }

  @Get(':id')
  @Answers(HealthcareServiceView)
  async one(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<Answer> {
    const row = await this.queries.one(actor, id);
    if (row === undefined) throw new NotFound();
    return withEtag(toHealthcareServiceView(row), row.version);
  }

  @Patch(':id')
  @Allow('intake-worker', 'organization-admin')
  @Command({ ifMatch: true })
  @Takes(SetOpenness)
  @Answers(HealthcareServiceView)
  setOpenness(
    @CommandOf() request: CommandRequest,
    @Param('id') id: string,
    @Body() body: SetOpenness,
  ): Promise<Answer> {
    return this.service.setOpenness(request, id, body.openness);
  }
}
