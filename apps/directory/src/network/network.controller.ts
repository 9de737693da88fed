import { Body, Controller, Get, Put, Query } from '@nestjs/common';
import { Allow, CurrentActor, type Actor } from '#access';
import { AreaView, NetworkView, SetNetworkPolicy } from '#contracts';
import {
  Answers,
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
import { toNetworkView } from './network.entity.ts';
import { NetworkQueries } from './network.queries.ts';
import { NetworkService } from './network.service.ts';

@Controller()
export class NetworkController {
  constructor(
    private readonly queries: NetworkQueries,
    private readonly service: NetworkService,
  ) {}

  @Get('network')
  @Answers(NetworkView)
  async network(@CurrentActor() actor: Actor): Promise<Answer> {
    const row = await this.queries.own(actor);
    if (row === undefined) throw new NotFound();
    return withEtag(toNetworkView(row), row.version);
  }

  @Put('network/policy')
  @Allow('network-admin')
  @Command({ ifMatch: true })
  @Takes(SetNetworkPolicy)
  @Answers(NetworkView)
  setPolicy(@CommandOf() request: CommandRequest, @Body() policy: SetNetworkPolicy): Promise<Answer> {
    return this.service.setPolicy(request, policy);
  }

  @Get('areas')
  @Answers(AreaView, { page: true })
  areas(@CurrentActor() actor: Actor, @Query() query: unknown): Promise<Page<AreaView>> {
    return this.queries.areas(actor, pageOf(query, ['text']));
  }
}
