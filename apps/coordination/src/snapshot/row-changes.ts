import { inboxRecords, type InboxRecord } from '../inbox/inbox.rows.ts';
import { boardRecords, type BoardRecord } from '../board/board.rows.ts';
import type { BoardReferral, Fact } from '../board/board.ts';
import { withEvents, type FoldedSnapshot } from './snapshot.ts';

/** The result of new events of a referral: its snapshot, and the rows that changed. */
export interface RowChanges {
  readonly before: BoardReferral;
  readonly after: FoldedSnapshot;
  readonly inbox: readonly InboxRecord[];
  readonly board: readonly BoardRecord[];
}

export function rowChanges(snapshot: FoldedSnapshot, events: readonly Fact[]): RowChanges {
  const before = snapshot.referral;
  const after = withEvents(snapshot, events);
  return {
    before,
    after,
    inbox: differing(inboxRecords(before), inboxRecords(after.referral)),
    board: differing(boardRecords(before), boardRecords(after.referral)),
  };
}

function differing<Row>(before: readonly Row[], after: readonly Row[]): readonly Row[] {
  const old = new Set(before.map((row) => JSON.stringify(row)));
  return after.filter((row) => !old.has(JSON.stringify(row)));
}
