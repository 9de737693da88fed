import { Allow, CurrentActor, type Actor } from '#access';
import {
  ChangeReferral,
  CreateReferral,
  ListedReferral,
  NeedView,
  NewNeed,
  NoFields,
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
import { ReferralCreation } from './creation.service.ts';
import { ReferralQueries } from './referral.queries.ts';
import { ReferralService } from './referral.service.ts';

@Controller('referrals')
export class ReferralController {
  constructor(
    private readonly creation: ReferralCreation,
    private readonly service: ReferralService,
    private readonly queries: ReferralQueries,
    private readonly positions: Positions,
  ) {}

  @Post()
  @Allow('discharge-planner', 'system-client')
  @Command()
  @Takes(CreateReferral)
  @Answers(ReferralView, { status: 201, description: 'A new referral.' })
  @Answers(ReferralView, { description: 'The referral that was made of this draft before, as it now is.' })
  create(@CommandOf() request: CommandRequest, @Body() body: CreateReferral): Promise<Answer> {
    return this.creation.create(request, body);
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

  @Post(':id/send')
  @Allow('discharge-planner', 'organization-admin')
  @Command()
  @Takes(NoFields)
  @Answers(ReferralView, {
    description:
      'Every draft was sent, or waits for consent. One that cannot be sent is still a draft, and its own `send` says why; only where nothing could be sent is this refused.',
  })
  async send(
    @CommandOf() request: CommandRequest,
    @Param('id') id: string,
    @After() after: string | undefined,
  ): Promise<Answer> {
    // The gate must have seen the caller's own consent command, and no transaction may be open meanwhile (contract.md §2.2).
    await this.positions.wait(after);
    return this.service.send(request, id);
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
