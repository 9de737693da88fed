import { eventsOfReferral, type EventEnvelope, type ReferralId } from '#contracts';
import { ReadsBatch, type BatchContext, type Projected } from '#events';
import { Controller } from '@nestjs/common';
import { noSides, withSide, type Sides } from './sides.ts';
import { insertItems, keepSides, knownSides, recordOf, sightAnew } from './timeline.rows.ts';

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
    const before = await knownSides(tx, [...new Set(envelopes.map(({ key }) => key))]);
    const after = new Map(before);
    for (const envelope of envelopes) {
      after.set(envelope.key, withSide(after.get(envelope.key) ?? noSides, envelope));
    }
    const changed = new Map([...after].filter(([key, sides]) => sides !== before.get(key)));

    await keepSides(tx, changed);
    await insertItems(
      tx,
      envelopes.map((envelope) => recordOf(envelope, sidesOf(after, envelope.key))),
    );
    await sightAnew(tx, changed);
  }
}

function sidesOf(sides: ReadonlyMap<ReferralId, Sides>, key: ReferralId): Sides {
  return sides.get(key) ?? noSides;
}
