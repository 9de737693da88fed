import { Injectable } from '@nestjs/common';
import { hasRole, readScope, type Actor } from '#access';
import type { DeliveriesAsked, DeliveryChannel, DeliveryView, EventId, PersonId } from '#contracts';
import { statement, UnitOfWork, type Tx } from '#persistence';
import { pageFrom, type Page, type PageAsked } from '#service';
import { toDeliveryView, type DeliveryRow } from './delivery.entity.ts';
import { deliveryKey } from './delivery.ts';

const deliveriesOfEvent = statement(
  'deliveries of event',
  'select person_id, channel from delivery where event_id = $1',
);

const deliveries = statement(
  'deliveries',
  `select * from delivery
   where network_id = $1
     and ($2::uuid is null or recipient_organization_id = $2)
     and ($3::uuid is null or task_id = $3)
     and ($4::timestamptz is null or (at, delivery_id) < ($4, $5::uuid))
   order by at desc, delivery_id desc limit $6`,
);

@Injectable()
export class DeliveryQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Whom an event was told to already, on which channel. */
  async told(tx: Tx, eventId: EventId): Promise<ReadonlySet<string>> {
    const rows = await tx.query<{ readonly person_id: PersonId; readonly channel: DeliveryChannel }>(
      deliveriesOfEvent,
      [eventId],
    );
    return new Set(rows.map((row) => deliveryKey(row.person_id, row.channel)));
  }

  /** Newest first: of the whole network for those who coordinate it, else of the actor's own organization. */
  async list(actor: Actor, asked: DeliveriesAsked, page: PageAsked): Promise<Page<DeliveryView>> {
    const organizationId = hasRole(actor, 'coordinator', 'network-admin') ? null : actor.organizationId;
    const [at, deliveryId] = page.after ?? [null, null];
    const values = [actor.networkId, organizationId, asked.taskId ?? null, at, deliveryId, page.limit + 1];
    const rows = await this.unitOfWork.run(readScope(actor), (tx) => tx.query<DeliveryRow>(deliveries, values));
    return pageFrom(page, rows, (row) => [row.at, row.delivery_id], toDeliveryView);
  }
}
