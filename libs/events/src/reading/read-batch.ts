import type { EventEnvelope } from '#contracts';
import type { Tx } from '#persistence';
import { outcomeOf } from './classify.ts';
import type { DeliveryAttempt, AttemptOutcome } from './delivery.ts';
import { serviceOf } from '../incoming/incoming.ts';
import { receiveStatement } from '../inbox/inbox.statements.ts';

/**
 * Many events in one transaction (architecture.md §4.9): one inbox insert, the handler's work on the new events, one
 * commit. The handler gets the events sorted by key and in order within each key.
 */
export async function readBatch(
  delivery: DeliveryAttempt,
  work: (fresh: readonly EventEnvelope[], tx: Tx) => Promise<void>,
): Promise<AttemptOutcome> {
  const { kit } = delivery;
  try {
    return await kit.unitOfWork.run({ kind: 'system', key: '' }, async (tx) => {
      const { fresh, waiting } = await receive(tx, delivery);
      if (fresh.length > 0) await work(fresh, tx);
      return { kind: 'handled', waiting };
    });
  } catch (error) {
    return outcomeOf(error);
  }
}

async function receive(
  tx: Tx,
  { kit, group, envelopes }: DeliveryAttempt,
): Promise<{ fresh: readonly EventEnvelope[]; waiting: readonly string[] }> {
  const rows = await tx.query(receiveStatement, [
    group,
    envelopes.map((each) => each.id),
    kit.clock.now(),
    envelopes.map((each) => serviceOf(each.source)),
    envelopes.map((each) => each.key),
    envelopes.map((each) => each.streamVersion),
  ]);
  const fresh = new Set(rows.map((row) => row.fresh));
  return {
    // an event that was published twice is in the batch twice: its first delivery counts
    fresh: sortedByKey(envelopes.filter((each) => fresh.delete(each.id))),
    waiting: rows.flatMap((row) => (row.waiting === null ? [] : [row.waiting])),
  };
}

/**
 * A stable sort, so a key's events keep their order. Two consumers that write rows by key then lock them in the same
 * order (40P01).
 */
function sortedByKey(envelopes: readonly EventEnvelope[]): readonly EventEnvelope[] {
  return envelopes.toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}
