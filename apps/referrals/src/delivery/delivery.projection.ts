import { NotificationDelivered } from '#contracts';
import { Reads, type Projected, type ReadContext } from '#events';
import { Controller } from '@nestjs/common';
import { keepDelivery } from './delivery.entity.ts';

const group = 'referrals.delivery';

export const deliveryProjected: Projected = {
  group,
  tables: [{ table: 'delivered_task', stream: 'referral_id', through: { table: 'task_of_client', column: 'task_id' } }],
};

/** That a sent Task reached its agency is a delivery fact, not an acknowledgement (domain.md row 3). */
@Controller()
export class DeliveryProjection {
  @Reads(group, NotificationDelivered)
  async delivered(event: NotificationDelivered, { tx, envelope }: ReadContext): Promise<void> {
    if (event.template === 'task-sent' && event.taskId !== undefined) {
      await keepDelivery(tx, event.taskId, envelope.time);
    }
  }
}
