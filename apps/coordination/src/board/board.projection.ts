import { eventsOfReferral, type EventEnvelope } from '#contracts';
import { ReadsBatch, type BatchContext, type Projected } from '#events';
import { Controller } from '@nestjs/common';
import { changesOf, recordChanges } from '../live/change.rows.ts';
import { ChangeFeed } from '../live/change-feed.ts';
import { keepInbox } from '../inbox/inbox.rows.ts';
import { factOf } from './board.ts';
import { keepBoard } from './board.rows.ts';
import { rowChanges } from '../snapshot/row-changes.ts';
import { loadSnapshots, saveSnapshots } from '../snapshot/snapshot.rows.ts';

const group = 'coordination.board';

export const boardProjected: Projected = {
  group,
  tables: [
    { table: 'inbox_claimant', stream: 'referral_id', through: { table: 'inbox_row', column: 'task_id' } },
    { table: 'inbox_row', stream: 'referral_id' },
    { table: 'board_row', stream: 'referral_id' },
    { table: 'board_referral', stream: 'referral_id' },
  ],
};

/** Writes inbox and board rows from the events of every referral, one batch at a time. */
@Controller()
export class BoardProjection {
  constructor(private readonly feed: ChangeFeed) {}

  @ReadsBatch(group, ...eventsOfReferral)
  async rows(envelopes: readonly EventEnvelope[], { tx, now, replayed }: BatchContext): Promise<void> {
    const facts = Map.groupBy(envelopes.map(factOf), ({ event }) => event.referralId);
    const before = await loadSnapshots(tx, [...facts.keys()]);
    const changes = before.map((snapshot) => rowChanges(snapshot, facts.get(snapshot.referralId) ?? []));

    await saveSnapshots(
      tx,
      changes.map(({ after }) => after),
    );
    await keepInbox(
      tx,
      changes.flatMap(({ inbox }) => inbox),
    );
    await keepBoard(
      tx,
      changes.flatMap(({ board }) => board),
    );
    // A rebuild notifies no screen: the rows are the same, and a screen reads again at its next change.
    if (replayed) return;
    // Last, because it takes a lock that every batch needs: see change.rows.ts.
    await recordChanges(
      tx,
      changes.flatMap((each) => changesOf(each, now)),
    );
    tx.afterCommit(() => this.feed.wake());
  }
}
