import { eventsOfReferral, type EventEnvelope } from '#contracts';
import { ReadsBatch, type BatchContext, type Projected } from '#events';
import { unknownVisibility, visibilityAfter } from '#tracking';
import { Controller } from '@nestjs/common';
import { insertItems, loadVisibility, recordOf, saveVisibility, updateReaders } from './timeline.rows.ts';

const group = 'coordination.timeline';

export const timelineProjected: Projected = {
  group,
  tables: [
    { table: 'timeline_item', stream: 'referral_id' },
    { table: 'timeline_referral', stream: 'referral_id' },
  ],
};

/** An item out of every event of every referral; what it shows is folded when somebody reads it. */
@Controller()
export class TimelineProjection {
  @ReadsBatch(group, ...eventsOfReferral)
  async items(envelopes: readonly EventEnvelope[], { tx }: BatchContext): Promise<void> {
    const before = await loadVisibility(tx, [...new Set(envelopes.map(({ key }) => key))]);
    const after = new Map(before);
    for (const envelope of envelopes) {
      after.set(envelope.key, visibilityAfter(after.get(envelope.key) ?? unknownVisibility, envelope));
    }
    const changed = new Map([...after].filter(([key, visibility]) => visibility !== before.get(key)));

    await saveVisibility(tx, changed);
    await insertItems(
      tx,
      envelopes.map((envelope) => recordOf(envelope, after.get(envelope.key) ?? unknownVisibility)),
    );
    await updateReaders(tx, changed);
  }
}
