import type { InstantText, NotificationView, PersonId, ReferralId, TaskId, Template } from '#contracts';
import type { TableShape } from '#events';
import type { Delivery } from '../delivery/delivery.ts';

/** An in-app notification of one person; visible to that person alone. */
export interface NotificationRow {
  readonly notification_id: string;
  readonly event_id: string;
  readonly person_id: PersonId;
  readonly template: Template;
  readonly referral_id: ReferralId;
  readonly task_id: TaskId | null;
  readonly at: InstantText;
  readonly read_at: InstantText | null;
}

export const notificationTable: TableShape = {
  name: 'notification',
  key: ['notification_id'],
  columns: ['notification_id', 'event_id', 'person_id', 'template', 'referral_id', 'task_id', 'at', 'read_at'],
};

/** What a delivery in the application leaves for its person to read; it has the delivery's id. */
export function toNotificationRow(delivery: Delivery): NotificationRow {
  return {
    notification_id: delivery.deliveryId,
    event_id: delivery.eventId,
    person_id: delivery.personId,
    template: delivery.template,
    referral_id: delivery.referralId,
    task_id: delivery.taskId,
    at: delivery.at,
    read_at: null,
  };
}

export function toNotificationView(row: NotificationRow): NotificationView {
  return {
    notificationId: row.notification_id,
    template: row.template,
    taskId: row.task_id,
    referralId: row.referral_id,
    at: row.at,
    readAt: row.read_at,
  };
}
