import { isEnded, noAttempts } from '#tracking';
import type { BoardReferral, BoardTask, FrozenTask } from '../board/board.ts';

type Earlier<Row, New extends keyof Row> = Omit<Row, New> & Partial<Pick<Row, New>>;
type EarlierFrozen = Earlier<FrozenTask, 'stateSince' | 'lastEvent'>;
type EarlierTask = Omit<
  Earlier<BoardTask, 'neededBy' | 'stateSince' | 'attempts' | 'appointmentAt' | 'reviewOn' | 'acceptedAt'>,
  'frozen'
> & { readonly frozen: EarlierFrozen | null };
type EarlierReferral = Omit<Earlier<BoardReferral, 'createdBy'>, 'needs' | 'tasks'> & {
  readonly needs: readonly Earlier<BoardReferral['needs'][number], 'proposedAt'>[];
  readonly tasks: readonly EarlierTask[];
};

/**
 * A state that an earlier version folded, with what that version did not keep: nothing, or what is known for sure. The
 * rebuild that the migration asks for replaces it.
 */
export function completed(base: EarlierReferral): BoardReferral {
  return {
    ...base,
    createdBy: base.createdBy ?? null,
    needs: base.needs.map((need) => ({ ...need, proposedAt: need.proposedAt ?? null })),
    tasks: base.tasks.map((task) => completedTask(task, base)),
  };
}

function completedTask(task: EarlierTask, { neededBy }: EarlierReferral): BoardTask {
  return {
    ...task,
    neededBy: task.neededBy === undefined ? (isEnded(task.state) ? null : neededBy) : task.neededBy,
    stateSince: task.stateSince ?? task.lastEvent.at,
    attempts: task.attempts ?? noAttempts,
    appointmentAt: task.appointmentAt ?? null,
    reviewOn: task.reviewOn ?? null,
    acceptedAt: task.acceptedAt ?? null,
    frozen: task.frozen === null ? null : completedView(task.frozen, task),
  };
}

/** That it was sent to the agency, its sender saw in any case. */
function completedView(frozen: EarlierFrozen, { sentAt, lastEvent }: EarlierTask): FrozenTask {
  const sent = { type: 'referral.task.sent', at: sentAt ?? lastEvent.at };
  return { ...frozen, stateSince: frozen.stateSince ?? sent.at, lastEvent: frozen.lastEvent ?? sent };
}
