import { CLOCK, type Clock } from '#events';
import { statement, UnitOfWork, type Scope } from '#persistence';
import { plus } from '#tracking';
import { Inject, Injectable } from '@nestjs/common';
import type { Change, Kept } from './live.ts';

/** Whom changes concern, without saying what they are. */
export interface Stir {
  readonly organizationIds: ReadonlySet<string>;
  readonly networkIds: ReadonlySet<string>;
  /** The last change of these. */
  readonly upTo: number;
}

interface TouchedRecord {
  readonly change_id: string;
  readonly sender_organization_id: string | null;
  readonly network_id: string | null;
  readonly agency_ids: readonly string[];
}

interface ChangeRow {
  readonly change_id: string;
  readonly task_id: string | null;
  readonly referral_id: string;
  readonly version: number;
}

const keptStatement = statement(
  'kept changes',
  'select coalesce(min(change_id), 0) as first, coalesce(max(change_id), 0) as last from change',
).reads<{ first: string; last: string }>();
const touchedStatement = statement(
  'touched by changes',
  `select change_id, sender_organization_id, network_id, agency_ids from change
   where change_id > $1::bigint order by change_id limit 1000`,
).reads<TouchedRecord>();
const seenStatement = statement(
  'changes seen',
  `select change_id, task_id, referral_id, version from change
   where change_id > $1::bigint and change_id <= $2::bigint order by change_id limit $3`,
).reads<ChangeRow>();
// The last change stays, so that a place in the changes can always be compared with it.
const forgetStatement = statement(
  'forget changes',
  'delete from change where at < $1 and change_id < (select max(change_id) from change)',
);

const system: Scope = { kind: 'system', key: '' };
const keptForMs = 24 * 3_600_000;

/** Reads of the change rows, in order of id. */
@Injectable()
export class ChangeQueries {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  kept(): Promise<Kept> {
    return this.unitOfWork.run(system, async (tx) => {
      const [row] = await tx.query(keptStatement);
      return { first: Number(row?.first ?? 0), last: Number(row?.last ?? 0) };
    });
  }

  /** Whom the next changes after this one concern; undefined if there are none. */
  touched(after: number): Promise<Stir | undefined> {
    return this.unitOfWork.run(system, async (tx) => {
      const rows = await tx.query(touchedStatement, [after]);
      const last = rows.at(-1);
      if (last === undefined) return undefined;
      const organizationIds = rows.flatMap((row) => [row.sender_organization_id, ...row.agency_ids]);
      return {
        organizationIds: new Set(organizationIds.filter((id) => id !== null)),
        networkIds: new Set(rows.map((row) => row.network_id).filter((id) => id !== null)),
        upTo: Number(last.change_id),
      };
    });
  }

  /** The next changes that this scope may see, at most `limit`. */
  seen(scope: Scope, after: number, upTo: number, limit: number): Promise<readonly Change[]> {
    return this.unitOfWork.run(scope, async (tx) => {
      const rows = await tx.query(seenStatement, [after, upTo, limit]);
      return rows.map((row) => ({
        changeId: Number(row.change_id),
        taskId: row.task_id,
        referralId: row.referral_id,
        version: row.version,
      }));
    });
  }

  /** Drops changes older than a day: a reader who was away longer gets a reset. */
  forget(): Promise<void> {
    return this.unitOfWork.run(system, async (tx) => {
      await tx.query(forgetStatement, [plus(this.clock.now(), -keptForMs)]);
    });
  }
}
