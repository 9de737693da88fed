import { Injectable } from '@nestjs/common';
import { hasRole, readScope, type Actor } from '#access';
import type { DeliveriesAsked, DeliveryId, DeliveryView, EventId, PersonId } from '#contracts';
import { statement, UnitOfWork, type Tx } from '#persistence';
import { pageFrom, type Page, type PageAsked } from '#service';
import { toDelivery, toDeliveryView, type DeliveryRow } from './delivery.rows.ts';
import type { Delivery } from './delivery.ts';

const notifiedOfEvent = statement(
  'people told of event',
  'select distinct person_id from delivery where event_id = $1',
).reads<{ readonly person_id: PersonId }>();
const waitingById = statement(
  'waiting delivery',
  `select * from delivery where delivery_id = $1 and state = 'waiting'`,
).reads<DeliveryRow>();

const deliveries = statement(
  'deliveries',
  `select * from delivery
   where network_id = $1
     and ($2::uuid is null or recipient_organization_id = $2)
     and ($3::uuid is null or task_id = $3)
     and ($4::timestamptz is null or (at, delivery_id) < ($4, $5::uuid))
   order by at desc, delivery_id desc limit $6`,
).reads<DeliveryRow>();

@Injectable()
export class DeliveryQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** The people who were already notified of an event. */
  async notified(tx: Tx, eventId: EventId): Promise<ReadonlySet<PersonId>> {
    const rows = await tx.query(notifiedOfEvent, [eventId]);
    return new Set(rows.map((row) => row.person_id));
  }

  /** Undefined if it was sent or has failed for good. */
  async waiting(tx: Tx, deliveryId: DeliveryId): Promise<Delivery | undefined> {
    const [row] = await tx.query(waitingById, [deliveryId]);
    return row === undefined ? undefined : toDelivery(row);
  }

  /** Newest first: of the whole network for its coordinators and administrators, otherwise of the actor's own organization. */
  async list(
    actor: Actor,
    asked: DeliveriesAsked,
    page: PageAsked<readonly [at: string, id: string]>,
  ): Promise<Page<DeliveryView>> {
    const organizationId = hasRole(actor, 'coordinator', 'network-admin') ? null : actor.organizationId;
    const [at, deliveryId] = page.after ?? [null, null];
    const rows = await this.unitOfWork.run(readScope(actor), (tx) =>
      tx.query(deliveries, [actor.networkId, organizationId, asked.taskId ?? null, at, deliveryId, page.limit + 1]),
    );
    return pageFrom(page, rows, (row) => [row.at, row.delivery_id], toDeliveryView);
  }
}
