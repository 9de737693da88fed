import { Controller, Get, Param, Query } from '@nestjs/common';
import { CurrentActor, type Actor } from '#access';
import { OrganizationsAsked, OrganizationView } from '#contracts';
import { Answers, Asks, NotFound, pageOf, withEtag, type Answer, type Page } from '#service';
import { toOrganizationView } from './organization.entity.ts';
import { OrganizationQueries } from './organization.queries.ts';

@Controller('organizations')
export class OrganizationController {
  constructor(private readonly queries: OrganizationQueries) {}

  @Get()
  @Asks(OrganizationsAsked)
  @Answers(OrganizationView, { page: true })
  list(@CurrentActor() actor: Actor, @Query() asked: OrganizationsAsked): Promise<Page<OrganizationView>> {
    return this.queries.list(actor, asked, pageOf(asked, ['text']));
  }

  @Get(':id')
  @Answers(OrganizationView)
  async one(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<Answer> {
    const row = await this.queries.one(actor, id);
    if (row === undefined) throw new NotFound();
    return withEtag(toOrganizationView(row), row.version);
  }
}
