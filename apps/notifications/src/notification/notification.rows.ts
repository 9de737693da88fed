import type { InstantText, NotificationView, PersonId, ReasonCode, ReferralId, TaskId, Template } from '#contracts';
import { recordedTable } from '#events';
import type { Why } from '../audience/notification-rule.ts';
import type { Delivery } from '../delivery/delivery.ts';
import { notificationWords } from './words.ts';

/** An in-app notification of one person; visible to that person alone. */
export interface NotificationRow {
  readonly notification_id: string;
  readonly event_id: string;
  readonly person_id: PersonId;
  readonly template: Template;
  /** Null for a notification about the platform itself, which belongs to no referral. */
  readonly referral_id: ReferralId | null;
  readonly task_id: TaskId | null;
  readonly at: InstantText;
  readonly read_at: InstantText | null;
  readonly reason: ReasonCode | null;
  readonly consent_ended_at: InstantText | null;
}

export const notificationTable = recordedTable({
  name: 'notification',
  key: ['notification_id'],
  columns: [
    ...['notification_id', 'event_id', 'person_id', 'template', 'referral_id', 'task_id', 'at', 'read_at'],
    ...['reason', 'consent_ended_at'],
  ],
});

/** The notification that a delivery in the application shows to its person; it has the delivery's id. */
export function toNotificationRow(delivery: Delivery, why: Why | undefined): NotificationRow {
  return {
    notification_id: delivery.deliveryId,
    event_id: delivery.eventId,
    person_id: delivery.personId,
    template: delivery.template,
    referral_id: delivery.referralId,
    task_id: delivery.taskId,
    at: delivery.at,
    read_at: null,
    reason: why?.reason ?? null,
    consent_ended_at: why?.consentEndedAt ?? null,
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
    reason: row.reason,
    consentEndedAt: row.consent_ended_at,
    words: notificationWords(row.template, row.reason, row.consent_ended_at),
  };
}
