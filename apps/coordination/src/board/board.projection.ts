import { eventClassesOf, type EventEnvelope } from '#contracts';
import { ReadsBatch, type BatchContext } from '#events';
import { Controller } from '@nestjs/common';
import { changesOf, recordChanges } from '../live/change.entity.ts';
import { ChangeFeed } from '../live/change-feed.ts';
import { inboxTable } from '../inbox/inbox.entity.ts';
import { sortedBy, upsertInto } from '../upsert.ts';
import { factOf } from './board.ts';
import { boardTable } from './board.entity.ts';
import { known, remember } from '../memory/memory.entity.ts';
import { stepOf } from '../memory/step.ts';

const upsertBoard = upsertInto(boardTable);
const upsertInbox = upsertInto(inboxTable);

/** Inbox and board rows out of every event of every referral, a batch at a time. */
@Controller()
export class BoardProjection {
  constructor(private readonly feed: ChangeFeed) {}

  @ReadsBatch('coordination.board', ...eventClassesOf('referral.'))
  async rows(envelopes: readonly EventEnvelope[], { tx, now }: BatchContext): Promise<void> {
    const facts = Map.groupBy(envelopes.map(factOf), ({ event }) => event.referralId);
    const before = await known(tx, [...facts.keys()]);
    const steps = before.map((memory) => stepOf(memory, facts.get(memory.referralId) ?? []));

    await remember(
      tx,
      steps.map(({ after }) => after),
    );
    const inbox = steps.flatMap((step) => step.inbox);
    const board = steps.flatMap((step) => step.board);
    if (inbox.length > 0) await tx.query(upsertInbox, [JSON.stringify(sortedBy('task_id', inbox))]);
    if (board.length > 0) await tx.query(upsertBoard, [JSON.stringify(sortedBy('service_request_id', board))]);

    // Last, as it takes a lock that every batch wants: see change.entity.ts.
    await recordChanges(
      tx,
      steps.flatMap((step) => changesOf(step, now)),
    );
    tx.afterCommit(() => this.feed.wake());
  }
}
