import { Inject, Injectable } from '@nestjs/common';
import { tenantScope } from '#access';
import type { InstantText, NotificationsReadView } from '#contracts';
import { CLOCK, type Clock } from '#events';
import { CommandRunner, type Answer, type CommandRequest } from '#service';
import { notificationTable, toNotificationView } from './notification.rows.ts';
import { NotificationQueries } from './notification.queries.ts';

@Injectable()
export class NotificationService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly notifications: NotificationQueries,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Only the first reading counts. No event says that somebody has read it: that is private to the person. */
  markRead(request: CommandRequest, notificationId: string): Promise<Answer> {
    return this.commands.run({
      request,
      scope: tenantScope(request.actor),
      find: (tx) => this.notifications.find(tx, notificationId),
      key: (found) => found.referral_id ?? found.person_id,
      work: (_tx, found) => {
        const seen = { ...found, read_at: found.read_at ?? this.clock.now() };
        return Promise.resolve({
          kind: 'done',
          body: toNotificationView(seen),
          events: [],
          rows: [{ table: notificationTable, rows: [seen] }],
        });
      },
    });
  }

  /** All of the person's own that are not read yet, up to and including an instant. Those read before keep their `readAt`. */
  markReadUpTo(request: CommandRequest, upTo: InstantText): Promise<Answer> {
    const { actor } = request;
    return this.commands.run({
      request,
      scope: tenantScope(actor),
      find: () => Promise.resolve(actor.personId),
      key: (personId) => personId,
      work: async (tx, personId) => {
        const readAt = this.clock.now();
        const count = await this.notifications.markRead(tx, { personId, upTo, readAt });
        return { kind: 'done', body: { count, readAt } satisfies NotificationsReadView, events: [] };
      },
    });
  }
}
