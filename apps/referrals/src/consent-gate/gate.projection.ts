import { ConsentWatermark, PermissionChanged } from '#contracts';
import { causedBy, causeIn, Reads, ReadsWatermark, Timers, type Projected, type ReadContext } from '#events';
import type { Tx } from '#persistence';
import { Controller } from '@nestjs/common';
import { tasksOf, writeToGate, writeWatermark } from './gate.entity.ts';

export const consentGate = 'referrals.consent-gate';

export const gateProjected: Projected = {
  group: consentGate,
  tables: [{ table: 'gate_permission', stream: 'client_id' }],
};

/** Our own copy of what consent allows, never asked for while a transaction is open (architecture.md §3). */
@Controller()
export class GateProjection {
  constructor(private readonly timers: Timers) {}

  /** From this commit no packet opens that the new answer does not allow; each Task is then reviewed under its own lock. */
  @Reads(consentGate, PermissionChanged)
  async permissionChanged(event: PermissionChanged, { tx, now, envelope }: ReadContext): Promise<void> {
    const written = await writeToGate(tx, event);
    if (!written) return;
    for (const task of await tasksOf(tx, event.clientId)) {
      const review = { kind: 'consent-review', subject: task.task_id, dueAt: now };
      await this.timers.schedule(tx, task.referral_id, [causedBy(review, causeIn(envelope))]);
    }
  }

  @ReadsWatermark(consentGate, ConsentWatermark)
  async watermark(
    mark: { readonly event: ConsentWatermark; readonly partition: number; readonly partitions: number },
    { tx }: { readonly tx: Tx },
  ): Promise<void> {
    await writeWatermark(tx, { partition: mark.partition, partitions: mark.partitions, asOf: mark.event.asOf });
  }
}
