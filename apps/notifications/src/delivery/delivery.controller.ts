import { Controller, Get, Query } from '@nestjs/common';
import { Allow, CurrentActor, type Actor } from '#access';
import { DeliveriesAsked, DeliveryView } from '#contracts';
import { After, Answers, Asks, pageOf, Positions, type Page, type Position } from '#service';
import { DeliveryQueries } from './delivery.queries.ts';

@Controller('deliveries')
export class DeliveryController {
  constructor(
    private readonly queries: DeliveryQueries,
    private readonly positions: Positions,
  ) {}

  @Get()
  @Allow('organization-admin', 'coordinator', 'network-admin')
  @Asks(DeliveriesAsked)
  @Answers(DeliveryView, { page: true })
  async list(
    @CurrentActor() actor: Actor,
    @Query() asked: DeliveriesAsked,
    @After() after: Position | undefined,
  ): Promise<Page<DeliveryView>> {
    const page = pageOf(asked, ['instant', 'id']);
    await this.positions.wait(after);
    return this.queries.list(actor, asked, page);
  }
}
