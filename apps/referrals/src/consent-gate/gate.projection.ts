import { ConsentWatermark, PermissionChanged } from '#contracts';
import {
  atOnce,
  causedBy,
  causeIn,
  Reads,
  ReadsWatermark,
  Timers,
  type Mark,
  type MarkContext,
  type Projected,
  type ReadContext,
} from '#events';
import { Controller } from '@nestjs/common';
import { tasksOf, writeToGate, writeWatermark } from './gate.rows.ts';
import { isCredible } from '../domain/consent/permission.ts';

export const consentGate = 'referrals.consent-gate';

export const gateProjected: Projected = {
  group: consentGate,
  neededBeforeReady: true,
  tables: [{ table: 'gate_permission', stream: 'client_id' }],
};

/** Our own copy of what consent allows, never asked for while a transaction is open (architecture.md §3). */
@Controller()
export class GateProjection {
  constructor(private readonly timers: Timers) {}

  /** From this commit no packet opens that the new answer does not allow; each Task is then reviewed under its own lock. */
  @Reads(consentGate, PermissionChanged)
  async permissionChanged(event: PermissionChanged, { tx, envelope }: ReadContext): Promise<void> {
    const written = await writeToGate(tx, event);
    if (!written) return;
    const cause = causeIn(envelope);
    const reviews = (await tasksOf(tx, event.clientId)).map(({ taskId, referralId }) => ({
      key: referralId,
      change: causedBy({ kind: 'consent-review', subject: taskId, dueAt: atOnce }, cause),
    }));
    await this.timers.scheduleEach(tx, reviews);
  }

  /** A watermark from the future comes from a clock that is ahead: it is ignored, and the next credible one is stored. */
  @ReadsWatermark(consentGate, ConsentWatermark)
  async watermark(
    { event: { asOf }, partition, partitions, offset }: Mark<ConsentWatermark>,
    { tx, now }: MarkContext,
  ): Promise<void> {
    if (isCredible(asOf, now)) await writeWatermark(tx, { partition, partitions, asOf, offset });
  }
}
