import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Allow, CurrentActor, type Actor } from '#access';
import {
  ConfirmConsent,
  ConsentsAsked,
  ConsentView,
  fileBodyMaxBytes,
  RecordConsent,
  RevokeAllConsents,
  RevokeConsent,
  RevokedAllView,
} from '#contracts';
import {
  After,
  Answers,
  Asks,
  BodyLimit,
  Command,
  CommandOf,
  NotFound,
  pageOf,
  Positions,
  Takes,
  withEtag,
  type Answer,
  type CommandRequest,
  type Page,
  type Position,
} from '#service';
import { ConfirmationService } from '../confirmation/confirmation.service.ts';
import { RevocationService } from '../revocation/revocation.service.ts';
import { ConsentQueries } from './consent.queries.ts';
import { ConsentService } from './consent.service.ts';

@Controller('consents')
export class ConsentController {
  constructor(
    private readonly service: ConsentService,
    private readonly queries: ConsentQueries,
    private readonly positions: Positions,
    private readonly revocation: RevocationService,
    private readonly confirmation: ConfirmationService,
  ) {}

  /** `?after=` of the command that created the client's referral: the consent then takes effect immediately. */
  @Post()
  @Allow('discharge-planner', 'organization-admin', 'privacy-officer')
  @Command()
  @BodyLimit(fileBodyMaxBytes)
  @Takes(RecordConsent)
  @Answers(ConsentView, { status: 201 })
  @Answers(ConsentView, { description: 'An equal paper was recorded minutes ago: this is it.' })
  async record(
    @CommandOf() request: CommandRequest,
    @Body() body: RecordConsent,
    @After() after: Position | undefined,
  ): Promise<Answer> {
    await this.positions.wait(after);
    return this.service.record(request, body);
  }

  @Get()
  @Allow('discharge-planner', 'organization-admin', 'privacy-officer', 'coordinator')
  @Asks(ConsentsAsked)
  @Answers(ConsentView, { page: true })
  async list(
    @CurrentActor() actor: Actor,
    @Query() asked: ConsentsAsked,
    @After() after: Position | undefined,
  ): Promise<Page<ConsentView>> {
    const page = pageOf(asked, ['id']);
    await this.positions.wait(after);
    return this.queries.list(actor, asked.clientId, page);
  }

  @Get(':id')
  @Allow('discharge-planner', 'organization-admin', 'privacy-officer', 'coordinator')
  @Answers(ConsentView)
  async one(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @After() after: Position | undefined,
  ): Promise<Answer> {
    await this.positions.wait(after);
    const view = await this.queries.one(actor, id);
    if (view === undefined) throw new NotFound();
    return withEtag(view, view.version);
  }

  @Post(':id/revoke')
  @Allow('discharge-planner', 'organization-admin', 'privacy-officer', 'coordinator')
  @Command({ ifMatch: true })
  @Takes(RevokeConsent)
  @Answers(ConsentView)
  revoke(@CommandOf() request: CommandRequest, @Param('id') id: string, @Body() body: RevokeConsent): Promise<Answer> {
    return this.revocation.revoke(request, id, body);
  }

  /**
   * The way back if the same was recorded more than once: afterwards no paper of the own organization authorises anything
   * for the client.
   */
  @Post('revoke-all')
  @Allow('discharge-planner', 'organization-admin', 'privacy-officer', 'coordinator')
  @Command()
  @Takes(RevokeAllConsents)
  @Answers(RevokedAllView)
  revokeAll(@CommandOf() request: CommandRequest, @Body() body: RevokeAllConsents): Promise<Answer> {
    return this.revocation.revokeAll(request, body);
  }

  /** For the organization that owns the client and is named as discloser; the paper takes effect from then on. */
  @Post(':id/confirm')
  @Allow('discharge-planner', 'organization-admin', 'privacy-officer')
  @Command()
  @Takes(ConfirmConsent)
  @Answers(ConsentView)
  confirm(@CommandOf() request: CommandRequest, @Param('id') id: string): Promise<Answer> {
    return this.confirmation.confirm(request, id);
  }
}
