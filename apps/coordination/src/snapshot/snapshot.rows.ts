import type { ReferralId } from '#contracts';
import { statement, type Tx } from '#persistence';
import { sortedBy } from '../upsert.ts';
import type { BoardReferral, Fact } from '../board/board.ts';
import { completed } from './earlier-state.ts';
import { folded, type FoldedSnapshot, type Snapshot } from './snapshot.ts';

interface SnapshotRecord {
  readonly referral_id: string;
  readonly base: BoardReferral | null;
  readonly base_version: number;
  readonly facts: readonly Fact[];
}

const beginStatement = statement(
  'begin snapshots',
  `insert into board_referral (referral_id, base_version, facts)
   select id, 0, '[]'::jsonb from unnest($1::uuid[]) as id order by id on conflict do nothing`,
);

const loadStatement = statement(
  'load snapshots',
  `select referral_id, base, base_version, facts from board_referral where referral_id = any($1::uuid[])
   order by referral_id for update`,
).reads<SnapshotRecord>();

const saveStatement = statement(
  'save snapshots',
  `update board_referral m set base = r.base, base_version = r.base_version, facts = r.facts
   from jsonb_populate_recordset(null::board_referral, $1::jsonb) r where m.referral_id = r.referral_id`,
);

/** The snapshots of these referrals, locked until the end of the transaction; empty ones where there was none. */
export async function loadSnapshots(tx: Tx, referralIds: readonly ReferralId[]): Promise<readonly FoldedSnapshot[]> {
  const ids = referralIds.toSorted();
  const found = await tx.query(loadStatement, [ids]);
  if (found.length === ids.length) return found.map(fromRecord);
  // Made before they are locked, so that two readers of one new referral meet at its row.
  const missing = ids.filter((id) => !found.some((row) => row.referral_id === id));
  await tx.query(beginStatement, [missing]);
  const made = await tx.query(loadStatement, [missing]);
  return [...found, ...made].map(fromRecord);
}

export async function saveSnapshots(tx: Tx, snapshots: readonly Snapshot[]): Promise<void> {
  const records: readonly SnapshotRecord[] = snapshots.map(({ referralId, base, baseVersion, recentEvents }) => ({
    referral_id: referralId,
    base,
    base_version: baseVersion,
    facts: recentEvents,
  }));
  await tx.query(saveStatement, [JSON.stringify(sortedBy('referral_id', records))]);
}

function fromRecord({ referral_id, base, base_version, facts }: SnapshotRecord): FoldedSnapshot {
  const known = base === null ? null : completed(base);
  return folded({ referralId: referral_id, base: known, baseVersion: base_version, recentEvents: facts });
}
