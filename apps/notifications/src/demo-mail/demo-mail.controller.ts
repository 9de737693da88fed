import { Controller, Get, Inject, Query } from '@nestjs/common';
import { DemoMailView } from '#contracts';
import { Answers, DEPLOYMENT, NotFound, pageOf, type DeploymentConfig, type Page } from '#service';
import { DemoMailQueries } from './demo-mail.queries.ts';

/** What the built-in catcher took, for whoever is signed in to the demo; elsewhere this route is not there. */
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
