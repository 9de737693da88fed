import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { EventEnvelope } from '#contracts';
import { readersOf, unknownVisibility, visibilityAfter, type Visibility } from '#tracking';
import { inboxRecords } from '../inbox/inbox.rows.ts';
import { timelineOf } from '../timeline/timeline.fold.ts';
import { anyDelivery, anyStream } from '../testing/any-stream.ts';
import { idNumber } from '../testing/referral-events.ts';
import { boardRecords } from '../board/board.rows.ts';
import { factOf } from '../board/board.ts';
import { fold } from '../board/board.fold.ts';
import { folded, keptEvents, withEvents, type FoldedSnapshot } from './snapshot.ts';

const referralId = idNumber(1, 1);
const nothing: FoldedSnapshot = folded({ referralId, base: null, baseVersion: 0, recentEvents: [] });

const foldBatch = (snapshot: FoldedSnapshot, batch: readonly EventEnvelope[]): FoldedSnapshot =>
  withEvents(stored(snapshot), batch.map(factOf));

/** The value after a round trip through the database. */
function stored({ referral: _referral, ...snapshot }: FoldedSnapshot): FoldedSnapshot {
  return folded(JSON.parse(JSON.stringify(snapshot)) as FoldedSnapshot);
}

describe('Whatever is published', () => {
  it('a projection writes rows and timelines, and refuses nothing', () => {
    fc.assert(
      fc.property(anyStream(referralId, 60), (stream) => {
        const referral = fold(referralId, null, stream.map(factOf));
        inboxRecords(referral);
        boardRecords(referral);
        const items = stream.map((envelope) => ({
          ...factOf(envelope),
          eventId: envelope.id,
          actorId: null,
          actorRole: envelope.actor.role,
          actorOrganizationId: envelope.actor.organizationId,
        }));
        timelineOf(referralId, items, { asSender: true });
      }),
    );
  });

  it('any order, any split into batches and any repetition give the same rows', () => {
    const delivered = anyStream(referralId, keptEvents).chain((stream) =>
      fc.tuple(fc.constant(stream), anyDelivery(stream)),
    );
    fc.assert(
      fc.property(delivered, ([stream, batches]) => {
        const expected = fold(referralId, null, stream.map(factOf));
        const { referral } = batches.reduce(foldBatch, nothing);
        expect(referral).toEqual(expected);
        expect(inboxRecords(referral)).toEqual(inboxRecords(expected));
        expect(boardRecords(referral)).toEqual(boardRecords(expected));
      }),
    );
  });

  it('a long stream is kept as its recent events and the state folded from earlier ones', () => {
    fc.assert(
      fc.property(anyStream(referralId, 3 * keptEvents), fc.integer({ min: 1, max: 9 }), (stream, size) => {
        let snapshot = nothing;
        for (let from = 0; from < stream.length; from += size)
          snapshot = foldBatch(snapshot, stream.slice(from, from + size));
        expect(snapshot.recentEvents.length).toBeLessThanOrEqual(keptEvents);
        expect(snapshot.referral).toEqual(fold(referralId, null, stream.map(factOf)));
      }),
      { numRuns: 40 },
    );
  });

  it('who may see which item does not depend on the order of the events', () => {
    const delivered = anyStream(referralId, 40).chain((stream) => fc.tuple(fc.constant(stream), anyDelivery(stream)));
    fc.assert(
      fc.property(delivered, ([stream, batches]) => {
        const created = stream.filter(({ type }) => type === 'referral.created').length;
        fc.pre(created <= 1);
        const log = (all: readonly EventEnvelope[]): Visibility => all.reduce(visibilityAfter, unknownVisibility);
        const [one, other] = [log(stream), log(batches.flat())];
        for (const { streamVersion, type, event, actor } of stream) {
          const { taskId = null, serviceRequestId = null } = event as { taskId?: string; serviceRequestId?: string };
          const about = { taskId, serviceRequestId, actorOrganizationId: actor.organizationId };
          const item = { version: streamVersion, type, ...about };
          expect(readersOf(other, item)).toEqual(readersOf(one, item));
        }
      }),
    );
  });
});
