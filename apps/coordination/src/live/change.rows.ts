import type { InstantText, ReferralId, TaskId } from '#contracts';
import { statement, type Tx } from '#persistence';
import { agenciesOf } from '#tracking';
import type { BoardReferral, BoardTask } from '../board/board.ts';
import type { RowChanges } from '../snapshot/row-changes.ts';

/** Something that a screen may want to ask for again. `task_id` null: a need or the referral itself. */
export interface ChangeRecord {
  readonly at: InstantText;
  readonly referral_id: ReferralId;
  readonly task_id: TaskId | null;
  readonly version: number;
  readonly sender_organization_id: string | null;
  readonly network_id: string | null;
  readonly agency_ids: readonly string[];
  readonly told_to_sender: boolean;
}

/** What events changed, as its readers see it: one change for each Task, and one for each need whose Task did not change. */
export function changesOf({ before, after, inbox, board }: RowChanges, at: InstantText): readonly ChangeRecord[] {
  const { referral } = after;
  const about = {
    at,
    referral_id: referral.referralId,
    sender_organization_id: referral.senderOrganizationId,
    network_id: referral.networkId,
  };
  const ofTasks = inbox.map(({ task_id, version }) => {
    const [was, is] = [taskOf(before, task_id), taskOf(referral, task_id)];
    const agencies = [was, is].flatMap((task) => (task === undefined ? [] : agenciesOf(task)));
    return {
      ...about,
      task_id,
      version,
      // Agencies that could claim it until now get a change too: it is gone.
      agency_ids: [...new Set(agencies)],
      told_to_sender: seen(was) !== seen(is),
    };
  });
  const withTask = new Set(ofTasks.map(({ task_id }) => task_id));
  const ofNeeds = board
    .filter(({ task_id }) => task_id === null || !withTask.has(task_id))
    .map(({ version, sender_version }) => ({
      ...about,
      task_id: null,
      version,
      agency_ids: [],
      told_to_sender: version === sender_version,
    }));
  return [...ofTasks, ...ofNeeds];
}

const lockStatement = statement('lock changes', `select pg_advisory_xact_lock(hashtext('coordination.change'))`);

const recordStatement = statement(
  'record changes',
  `insert into change (at, referral_id, task_id, version, sender_organization_id, network_id, agency_ids, told_to_sender)
   select at, referral_id, task_id, version, sender_organization_id, network_id, agency_ids, told_to_sender
   from jsonb_populate_recordset(null::change, $1::jsonb)`,
);

/**
 * Adds changes. Writers take one lock and keep it until their commit, so ids become visible in their order and a reader
 * that goes by id skips nothing. Call it last in a transaction: whoever holds the lock waits for nobody.
 */
export async function recordChanges(tx: Tx, changes: readonly ChangeRecord[]): Promise<void> {
  if (changes.length === 0) return;
  await tx.query(lockStatement);
  await tx.query(recordStatement, [JSON.stringify(changes)]);
}

function taskOf(referral: BoardReferral, taskId: TaskId): BoardTask | undefined {
  return referral.tasks.find((task) => task.taskId === taskId);
}

/** What the sender sees of a Task, to be compared. */
function seen(task: BoardTask | undefined): string {
  if (task === undefined) return '';
  return JSON.stringify(task.frozen ?? task);
}
