import type { DeliveryView, EventEnvelope, NotificationView } from '#contracts';
import type { TestService } from '#testing';
import type { ReferralLog } from './source-events.ts';

/** Publishes events of other services, and reads over HTTP who was notified of a referral. */
export class DispatchBench {
  constructor(private readonly notifications: TestService) {}

  /** Publishes these events and waits until everything that follows from them is done. */
  async happened(...envelopes: readonly EventEnvelope[]): Promise<void> {
    await this.notifications.publish(...envelopes);
    await this.notifications.service.settle();
  }

  async notificationsOf(login: string, about: ReferralLog, query = ''): Promise<readonly NotificationView[]> {
    const items = await this.items<NotificationView>(login, `notifications?limit=100${query}`);
    return items.filter((each) => each.referralId === about.referralId);
  }

  async templatesOf(login: string, about: ReferralLog): Promise<readonly string[]> {
    return (await this.notificationsOf(login, about)).map((each) => each.template);
  }

  deliveriesFor(login: string, about: ReferralLog): Promise<readonly DeliveryView[]> {
    return this.items<DeliveryView>(login, `deliveries?taskId=${about.taskId}`);
  }

  private async items<T>(login: string, path: string): Promise<readonly T[]> {
    const answer = await this.notifications.ask(login, { path });
    if (answer.statusCode !== 200) throw new Error(`${path} answered ${answer.statusCode} ${answer.body}`);
    return answer.json<{ items: T[] }>().items;
  }
}
