import { Allow, CurrentActor, type Actor } from '#access';
import {
  ChangeReferral,
  CreateReferral,
  ListedReferral,
  NeedView,
  NewNeed,
  OfferNeed,
  ReferralsAsked,
  ReferralView,
  SettleNeed,
  TaskView,
  WithdrawReferral,
} from '#contracts';
import {
  After,
  Answers,
  Asks,
  Command,
  CommandOf,
  pageOf,
  Positions,
  Takes,
  withEtag,
  type Answer,
  type CommandRequest,
  type Page,
} from '#service';
import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ReferralQueries } from './referral.queries.ts';
import { ReferralService } from './referral.service.ts';

@Controller('referrals')
export class ReferralController {
  constructor(
    private readonly service: ReferralService,
    private readonly queries: ReferralQueries,
    private readonly positions: Positions,
  ) {}

  @Post()
  @Allow('discharge-planner', 'system-client')
  @Command()
  @Takes(CreateReferral)
  @Answers(ReferralView, { status: 201 })
  create(@CommandOf() request: CommandRequest, @Body() body: CreateReferral): Promise<Answer> {
    return this.service.create(request, body);
  }

  @Get()
  @Allow('discharge-planner', 'organization-admin', 'privacy-officer')
  @Asks(ReferralsAsked)
  @Answers(ListedReferral, { page: true })
  async list(
    @CurrentActor() actor: Actor,
    @Query() asked: ReferralsAsked,
    @After() after: string | undefined,
  ): Promise<Page<ListedReferral>> {
    const page = pageOf(asked, ['instant', 'id']);
    await this.positions.wait(after);
    return this.queries.list(actor, page, asked.open);
  }

  @Get(':id')
  @Allow('discharge-planner', 'organization-admin', 'privacy-officer', 'coordinator')
  @Answers(ReferralView)
  async one(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @After() after: string | undefined,
  ): Promise<Answer> {
    await this.positions.wait(after);
    const referral = await this.queries.one(actor, id);
    return withEtag(referral, referral.version);
  }

  @Patch(':id')
  @Allow('discharge-planner', 'organization-admin')
  @Command({ ifMatch: true })
  @Takes(ChangeReferral)
  @Answers(ReferralView)
  change(@CommandOf() request: CommandRequest, @Param('id') id: string, @Body() body: ChangeReferral): Promise<Answer> {
    return this.service.change(request, id, body);
  }

  @Post(':id/needs')
  @Allow('discharge-planner', 'organization-admin')
  @Command()
  @Takes(NewNeed)
  @Answers(ReferralView, { status: 201 })
  addNeed(@CommandOf() request: CommandRequest, @Param('id') id: string, @Body() body: NewNeed): Promise<Answer> {
    return this.service.addNeed(request, id, body);
  }

  @Post(':id/withdraw')
  @Allow('discharge-planner', 'organization-admin', 'coordinator')
  @Command({ ifMatch: true })
  @Takes(WithdrawReferral)
  @Answers(ReferralView)
  withdraw(
    @CommandOf() request: CommandRequest,
    @Param('id') id: string,
    @Body() body: WithdrawReferral,
  ): Promise<Answer> {
    return this.service.withdraw(request, id, body);
  }
}

@Controller('service-requests')
export class ServiceRequestController {
  constructor(private readonly service: ReferralService) {}

  @Post(':id/tasks')
  @Allow('discharge-planner', 'organization-admin', 'coordinator')
  @Command()
  @Takes(OfferNeed)
  @Answers(TaskView, { status: 201 })
  offer(@CommandOf() request: CommandRequest, @Param('id') id: string, @Body() body: OfferNeed): Promise<Answer> {
    return this.service.offer(request, id, body);
  }

  @Post(':id/settle')
  @Allow('discharge-planner', 'organization-admin', 'coordinator')
  @Command()
  @Takes(SettleNeed)
  @Answers(NeedView)
  settle(@CommandOf() request: CommandRequest, @Param('id') id: string, @Body() body: SettleNeed): Promise<Answer> {
    return this.service.settle(request, id, body);
  }
}
