import { Injectable } from '@nestjs/common';
import { tenantScope, type Actor } from '#access';
import type { InstantText, NotificationsAsked, NotificationView, PersonId } from '#contracts';
import { statement, UnitOfWork, type Tx } from '#persistence';
import { pageFrom, type Page, type PageAsked } from '#service';
import { toNotificationView, type NotificationRow } from './notification.rows.ts';

const notificationById = statement(
  'notification by id',
  'select * from notification where notification_id = $1',
).reads<NotificationRow>();

const readUpTo = statement(
  'read notifications up to',
  `with marked as (
     update notification set read_at = $3 where person_id = $1 and read_at is null and at <= $2 returning 1)
   select count(*)::int as count from marked`,
);

const page = (which: string): string =>
  `select * from notification
   where person_id = $1 ${which}
     and ($2::timestamptz is null or (at, notification_id) < ($2, $3::uuid))
   order by at desc, notification_id desc limit $4`;

const all = statement('notifications', page('')).reads<NotificationRow>();
const unread = statement('notifications not read', page('and read_at is null')).reads<NotificationRow>();
const read = statement('notifications read', page('and read_at is not null')).reads<NotificationRow>();

@Injectable()
export class NotificationQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** The caller's own notification; the policy hides every other. */
  async find(tx: Tx, notificationId: string): Promise<NotificationRow | undefined> {
    const [row] = await tx.query(notificationById, [notificationId]);
    return row;
  }

  /** Marks a person's own notifications as read; says how many. */
  async markRead(
    tx: Tx,
    asked: { readonly personId: PersonId; readonly upTo: InstantText; readonly readAt: InstantText },
  ): Promise<number> {
    const [row] = await tx.query(readUpTo, [asked.personId, asked.upTo, asked.readAt]);
    return row?.count ?? 0;
  }

  /** The caller's own notifications, newest first. */
  async list(
    actor: Actor,
    asked: NotificationsAsked,
    within: PageAsked<readonly [at: string, id: string]>,
  ): Promise<Page<NotificationView>> {
    const chosen = asked.unread === undefined ? all : asked.unread ? unread : read;
    const [at, notificationId] = within.after ?? [null, null];
    const rows = await this.unitOfWork.run(tenantScope(actor), (tx) =>
      tx.query(chosen, [actor.personId, at, notificationId, within.limit + 1]),
    );
    return pageFrom(within, rows, (row) => [row.at, row.notification_id], toNotificationView);
  }
}
