import { NotificationDelivered } from '#contracts';
import { Reads, type Projected, type ReadContext } from '#events';
import { Controller } from '@nestjs/common';
import { SystemCommands } from '../stream/system-commands.ts';
import { systemCaller } from '../stream/caller.ts';
import { isDelivered, keepDelivery } from '../replica/delivered.rows.ts';

const group = 'referrals.delivery';

export const deliveryProjected: Projected = {
  group,
  tables: [{ table: 'delivered_task', stream: 'referral_id', through: { table: 'task_of_client', column: 'task_id' } }],
};

/**
 * A sent Task that reached its agency is a delivery fact, not an acknowledgement (domain.md row 3). The first one ends
 * deliver-by; the others of the same sending change nothing.
 */
@Controller()
export class DeliveryProjection {
  constructor(private readonly commands: SystemCommands) {}

  @Reads(group, NotificationDelivered)
  async delivered(event: NotificationDelivered, context: ReadContext): Promise<void> {
    const { tx, envelope, replayed } = context;
    const { template, taskId } = event;
    if (template !== 'task-sent' || taskId === undefined || (await isDelivered(tx, taskId))) return;
    if (!replayed) {
      await this.commands.follow(context, {
        command: () => ({ type: 'record-delivery', caller: systemCaller('system'), taskId }),
      });
    }
    await keepDelivery(tx, taskId, envelope.time);
  }
}
