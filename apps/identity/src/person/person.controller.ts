import { Controller, Get, Param, Query } from '@nestjs/common';
import { Allow, CurrentActor, type Actor } from '#access';
import { PeopleAsked, PersonContactView, PersonView } from '#contracts';
import { Answers, Asks, NotFound, pageOf, RoleRefused, type Page } from '#service';
import { PersonQueries } from './person.queries.ts';

@Controller()
export class PersonController {
  constructor(private readonly people: PersonQueries) {}

  @Get('me')
  @Answers(PersonView)
  async me(@CurrentActor() actor: Actor): Promise<PersonView> {
    return (await this.people.me(actor)) ?? notFound();
  }

  @Get('people')
  @Asks(PeopleAsked)
  @Answers(PersonView, { page: true })
  list(@CurrentActor() actor: Actor, @Query() asked: PeopleAsked): Promise<Page<PersonView>> {
    return this.people.list(actor, asked, pageOf(asked, ['text', 'id']));
  }

  /** Where a message reaches somebody: for the service that sends it, at the moment of sending (contract.md §3.2). */
  @Get('people/:id/contact')
  @Allow('system-client')
  @Answers(PersonContactView)
  async contact(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<PersonContactView> {
    if (!actor.scopes.includes('contact:read')) throw new RoleRefused();
    const { email, language } = (await this.people.one(actor, id)) ?? notFound();
    return { email, language };
  }
}

function notFound(): never {
  throw new NotFound();
}
