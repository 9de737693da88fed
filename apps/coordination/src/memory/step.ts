import { inboxRecords, type InboxRecord } from '../inbox/inbox.rows.ts';
import { boardRecords, type BoardRecord } from '../board/board.rows.ts';
import type { BoardReferral, Fact } from '../board/board.ts';
import { withFacts, type Remembered } from './memory.ts';

/** What new facts make of a referral: its memory, and the rows that are not what they were. */
export interface Step {
  readonly before: BoardReferral;
  readonly after: Remembered;
  readonly inbox: readonly InboxRecord[];
  readonly board: readonly BoardRecord[];
}

export function stepOf(memory: Remembered, facts: readonly Fact[]): Step {
  const before = memory.referral;
  const after = withFacts(memory, facts);
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
