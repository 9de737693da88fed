import { Allow, CurrentActor, hasScope, type Actor } from '#access';
import {
  AskClientAge,
  ClientAgeView,
  ClientView,
  DuplicateClient,
  FoundClient,
  NewClient,
  SearchClients,
} from '#contracts';
import {
  Answers,
  Command,
  CommandOf,
  Correlation,
  Invalid,
  pageOf,
  pageOfAll,
  RoleRefused,
  Takes,
  withEtag,
  type Answer,
  type CommandRequest,
  type CorrelationOf,
  type Page,
} from '#service';
import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ClientQueries } from './client.queries.ts';
import { ClientService } from './client.service.ts';

@Controller('clients')
export class ClientController {
  constructor(
    private readonly service: ClientService,
    private readonly queries: ClientQueries,
  ) {}

  @Post('search')
  @HttpCode(200)
  @Allow('discharge-planner', 'organization-admin', 'privacy-officer', 'coordinator')
  @Takes(SearchClients)
  @Answers(FoundClient, {
    page: true,
    description:
      'Clients of other organizations are left out where consent does not name the coordinating organization, and while its present state is not known.',
  })
  search(
    @CurrentActor() actor: Actor,
    @Body() body: SearchClients,
    @Query() query: unknown,
    @Correlation() correlation: CorrelationOf,
  ): Promise<Page<FoundClient>> {
    if (body.name === undefined && body.birthDate === undefined && body.phone === undefined) {
      throw new Invalid([
        {
          field: 'name',
          message: 'give at least one of name, birthDate, phone',
          allowed: ['name', 'birthDate', 'phone'],
        },
      ]);
    }
    return this.queries.search(actor, body, pageOf(query, ['id']), correlation);
  }

  /** Answers with codes and no date: consent asks whether a signer was born yet, without ever holding a birth date. */
  @Post('ages')
  @HttpCode(200)
  @Allow('system-client')
  @Takes(AskClientAge)
  @Answers(ClientAgeView)
  age(@CurrentActor() actor: Actor, @Body() asked: AskClientAge): Promise<ClientAgeView> {
    // only the platform's own services read logs
    if (!hasScope(actor, 'log:read')) throw new RoleRefused();
    return this.queries.age(actor, asked);
  }

  /** Clients of the caller's organization that may be the person about to be entered. Nothing is stored or merged. */
  @Post('duplicates')
  @HttpCode(200)
  @Allow('discharge-planner', 'organization-admin')
  @Takes(NewClient)
  @Answers(DuplicateClient, { page: true })
  async duplicates(
    @CurrentActor() actor: Actor,
    @Body() body: NewClient,
    @Query() query: unknown,
  ): Promise<Page<DuplicateClient>> {
    return pageOfAll(query, await this.queries.duplicates(actor, body), ({ clientId }) => clientId);
  }

  @Get(':id')
  @Allow('discharge-planner', 'organization-admin')
  @Answers(ClientView)
  async one(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<Answer> {
    const { version, ...client } = await this.queries.one(actor, id);
    return withEtag(client, version);
  }

  @Put(':id')
  @Allow('discharge-planner', 'organization-admin')
  @Command({ ifMatch: true })
  @Takes(NewClient)
  @Answers(ClientView)
  replace(@CommandOf() request: CommandRequest, @Param('id') id: string, @Body() body: NewClient): Promise<Answer> {
    return this.service.replace(request, id, body);
  }
}
