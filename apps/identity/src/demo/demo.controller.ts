import { Body, Controller, Get, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { Public } from '#access';
import { AccessTokenView, DemoPersonView, SignInForDemo } from '#contracts';
import {
  Answers,
  DEPLOYMENT,
  Invalid,
  NotFound,
  pageOfAll,
  parseBody,
  TakesOneOf,
  type DeploymentConfig,
  type Page,
} from '#service';
import { Issuer } from '../issuer/issuer.service.ts';
import { subjectOf } from '../issuer/token-subjects.service.ts';
import type { PersonRow } from '../person/person.entity.ts';
import { PersonQueries } from '../person/person.queries.ts';

/** Sign-in without a password, only for the demo: outside demo mode these routes do not exist. */
@Controller()
@Public()
export class DemoController {
  constructor(
    private readonly people: PersonQueries,
    private readonly issuer: Issuer,
    @Inject(DEPLOYMENT) private readonly deployment: DeploymentConfig,
  ) {}

  @Get('demo-people')
  @Answers(DemoPersonView, { page: true })
  async list(@Query() query: unknown): Promise<Page<DemoPersonView>> {
    this.refuseOutsideDemo();
    const people = await this.people.withLogins();
    return pageOfAll(query, people.map(toDemoPerson), ({ login }) => login);
  }

  // parsed only here: outside demo mode even an invalid body gets the answer of a route that does not exist
  @Post('demo-tokens')
  @HttpCode(200)
  @TakesOneOf(SignInForDemo)
  @Answers(AccessTokenView)
  async signIn(@Body() body: unknown): Promise<AccessTokenView> {
    this.refuseOutsideDemo();
    const { login } = parseBody(SignInForDemo, body);
    const person = await this.people.byLogin(login);
    if (person === undefined) throw await this.unknownLogin();
    return this.issuer.issue(subjectOf(person));
  }

  private refuseOutsideDemo(): void {
    if (!this.deployment.demo) throw new NotFound();
  }

  private async unknownLogin(): Promise<Invalid> {
    const people = await this.people.withLogins();
    return new Invalid([
      { field: 'login', message: 'nobody in the demo is called so', allowed: people.map((each) => each.login) },
    ]);
  }
}

function toDemoPerson(row: PersonRow): DemoPersonView {
  return {
    login: row.login,
    displayName: row.display_name,
    organizationId: row.organization_id,
    roles: row.roles,
  };
}
