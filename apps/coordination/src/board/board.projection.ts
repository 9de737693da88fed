import { eventsOfReferral, type EventEnvelope } from '#contracts';
import { ReadsBatch, type BatchContext, type Projected } from '#events';
import { Controller } from '@nestjs/common';
import { changesOf, recordChanges } from '../live/change.rows.ts';
import { ChangeFeed } from '../live/change-feed.ts';
import { keepInbox } from '../inbox/inbox.rows.ts';
import { factOf } from './board.ts';
import { keepBoard } from './board.rows.ts';
import { known, remember } from '../memory/memory.rows.ts';
import { stepOf } from '../memory/step.ts';

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

/** Inbox and board rows out of every event of every referral, a batch at a time. */
@Controller()
export class BoardProjection {
  constructor(private readonly feed: ChangeFeed) {}

  @ReadsBatch(group, ...eventsOfReferral)
  async rows(envelopes: readonly EventEnvelope[], { tx, now, replayed }: BatchContext): Promise<void> {
    const facts = Map.groupBy(envelopes.map(factOf), ({ event }) => event.referralId);
    const before = await known(tx, [...facts.keys()]);
    const steps = before.map((memory) => stepOf(memory, facts.get(memory.referralId) ?? []));

    await remember(
      tx,
      steps.map(({ after }) => after),
    );
    await keepInbox(
      tx,
      steps.flatMap(({ inbox }) => inbox),
    );
    await keepBoard(
      tx,
      steps.flatMap(({ board }) => board),
    );
    // What a rebuild makes anew is no news: a screen that shows it asks again at its next change.
    if (replayed) return;
    // Last, as it takes a lock that every batch wants: see change.rows.ts.
    await recordChanges(
      tx,
      steps.flatMap((step) => changesOf(step, now)),
    );
    tx.afterCommit(() => this.feed.wake());
  }
}
