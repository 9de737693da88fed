import { Injectable } from '@nestjs/common';
import { hasRole, readScope, type Actor } from '#access';
import type { DeliveriesAsked, DeliveryId, DeliveryView, EventId, OrganizationId, PersonId } from '#contracts';
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

/** $1 network, $2 organization, $3 Task, $4 states, $5 and $6 the last one seen; null where it is not asked. */
const wanted = `network_id = $1
     and ($2::uuid is null or recipient_organization_id = $2)
     and ($3::uuid is null or task_id = $3)
     and ($4::text[] is null or state = any($4))
     and ($5::timestamptz is null or (at, delivery_id) < ($5, $6::uuid))`;
const newest = 'order by at desc, delivery_id desc limit $7';

/** Each text has one index that holds the page in its order, so none reads the deliveries that it passes over. */
const anyOf = (which = ''): string => `select * from delivery where ${wanted} ${which} ${newest}`;
const notSentOf = (which = ''): string => `select found.* from unnest($4::text[]) as asked (state) cross join lateral (
     select * from delivery where state = asked.state and state <> 'sent' and ${wanted} ${which} ${newest}) as found
   ${newest}`;

const ofNetwork = statement('deliveries', anyOf()).reads<DeliveryRow>();
const ofOrganization = statement(
  'deliveries of organization',
  anyOf('and recipient_organization_id = $2'),
).reads<DeliveryRow>();
const ofTask = statement('deliveries of task', anyOf('and task_id = $3')).reads<DeliveryRow>();
const notSentOfNetwork = statement('deliveries not sent', notSentOf()).reads<DeliveryRow>();
const notSentOfOrganization = statement(
  'deliveries not sent of organization',
  notSentOf('and recipient_organization_id = $2'),
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
      tx.query(statementFor(asked, organizationId), [
        ...([actor.networkId, organizationId, asked.taskId ?? null, asked.state ?? null] as const),
        ...([at, deliveryId, page.limit + 1] as const),
      ]),
    );
    return pageFrom(page, rows, (row) => [row.at, row.delivery_id], toDeliveryView);
  }
}

/** Nearly all deliveries were sent, so the others have indexes of their own. */
function statementFor({ taskId, state }: DeliveriesAsked, organizationId: OrganizationId | null): typeof ofNetwork {
  if (taskId !== undefined) return ofTask;
  const notSent = state !== undefined && !state.includes('sent');
  if (organizationId === null) return notSent ? notSentOfNetwork : ofNetwork;
  return notSent ? notSentOfOrganization : ofOrganization;
}
