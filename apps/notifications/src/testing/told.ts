import type { DeliveryView, EventEnvelope, NotificationView } from '#contracts';
import type { TestService } from '#testing';
import type { ReferralLog } from './told-by-others.ts';

/** Lets things happen, and asks through HTTP what people were told of a referral. */
export class Told {
  constructor(private readonly notifications: TestService) {}

  /** Said by others, and everything that follows from it. */
  async happened(...said: readonly EventEnvelope[]): Promise<void> {
    await this.notifications.publish(...said);
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
