import { NotificationDelivered } from '#contracts';
import { Reads, type ReadContext } from '#events';
import { Controller } from '@nestjs/common';
import { keepDelivery } from './delivery.entity.ts';

/** That a sent Task reached its agency is a delivery fact, not an acknowledgement (domain.md row 3). */
@Controller()
export class DeliveryProjection {
  @Reads('referrals.delivery', NotificationDelivered)
  async delivered(event: NotificationDelivered, { tx, envelope }: ReadContext): Promise<void> {
    if (event.template === 'task-sent' && event.taskId !== undefined) {
      await keepDelivery(tx, event.taskId, envelope.time);
    }
  }
}
