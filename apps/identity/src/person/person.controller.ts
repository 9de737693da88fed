import { Body, Controller, Get, Param, Patch, Query } from '@nestjs/common';
import { Allow, CurrentActor, hasScope, type Actor } from '#access';
import { PeopleAsked, PersonContactView, PersonStandingView, PersonView, SetPersonActive } from '#contracts';
import {
  Answers,
  Asks,
  Command,
  CommandOf,
  NotFound,
  pageOf,
  RoleRefused,
  Takes,
  type Answer,
  type CommandRequest,
  type Page,
} from '#service';
import { mayEnd, PersonService } from './person.service.ts';
import { PersonQueries } from './person.queries.ts';

@Controller()
export class PersonController {
  constructor(
    private readonly people: PersonQueries,
    private readonly personService: PersonService,
  ) {}

  @Get('me')
  @Answers(PersonView)
  async me(@CurrentActor() actor: Actor): Promise<PersonView> {
    return (await this.people.me(actor)) ?? notFound();
  }

  @Get('people')
  @Asks(PeopleAsked)
  @Answers(PersonView, { page: true })
  list(@CurrentActor() actor: Actor, @Query() asked: PeopleAsked): Promise<Page<PersonView>> {
    if (asked.active === false && !mayEnd(actor, asked.organizationId)) throw new RoleRefused();
    return this.people.list(actor, asked, pageOf(asked, ['text', 'id']));
  }

  /** An administrator may change people of the own organization; a network-admin people of the network. Never oneself. */
  @Patch('people/:id')
  @Allow('organization-admin', 'network-admin', 'platform-operator')
  @Command()
  @Takes(SetPersonActive)
  @Answers(PersonStandingView)
  setActive(
    @Param('id') id: string,
    @Body() { active }: SetPersonActive,
    @CommandOf() request: CommandRequest,
  ): Promise<Answer> {
    return this.personService.setActive(request, id, active);
  }

  /** A person's e-mail address, for the service that sends a message, at the time of sending (contract.md §3.2). */
  @Get('people/:id/contact')
  @Allow('system-client')
  @Answers(PersonContactView)
  async contact(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<PersonContactView> {
    if (!hasScope(actor, 'contact:read')) throw new RoleRefused();
    const { email, language } = (await this.people.one(actor, id)) ?? notFound();
    return { email, language };
  }
}

function notFound(): never {
  throw new NotFound();
}
