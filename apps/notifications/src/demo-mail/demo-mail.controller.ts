import { Controller, Get, Inject, Query } from '@nestjs/common';
import { DemoMailView } from '#contracts';
import { Answers, DEPLOYMENT, NotFound, pageOf, type DeploymentConfig, type Page } from '#service';
import { DemoMailQueries } from './demo-mail.queries.ts';

/** The mails that the built-in catcher took, for everybody signed in to the demo; without demo mode the route is 404. */
@Controller('demo-mails')
export class DemoMailController {
  constructor(
    private readonly mails: DemoMailQueries,
    @Inject(DEPLOYMENT) private readonly deployment: DeploymentConfig,
  ) {}

  @Get()
  @Answers(DemoMailView, { page: true })
  async list(@Query() query: unknown): Promise<Page<DemoMailView>> {
    if (!this.deployment.demo) throw new NotFound();
    return this.mails.list(pageOf(query, ['instant', 'id']));
  }
}
