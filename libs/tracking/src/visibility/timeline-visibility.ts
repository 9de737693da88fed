import type {
  AccessEvent,
  AttachmentEvent,
  EventEnvelope,
  NetworkId,
  OrganizationId,
  ReferralEvent,
  ReturnPath,
  TaskEvent,
  TaskId,
} from '#contracts';
import { changes } from '../event/changes.ts';
import { isEndAlwaysReported, reportsNothing } from './return-path.ts';

/** A value with the version of the event that set it: the newest event wins, in any order of arrival. */
interface Versioned<T> {
  readonly value: T;
  readonly version: number;
}

interface TaskReaders {
  readonly serviceRequestId: string;
  readonly recipient: Versioned<OrganizationId | null> | null;
  readonly claimants: Versioned<readonly OrganizationId[]> | null;
  /** The version of the event that sent it; 0 before. */
  readonly sent: number;
  /** What may be reported back, and from which version on. */
  readonly paths: readonly Versioned<ReturnPath>[];
  /** The version of an end that is shown whatever the return path (contract.md §4.6); 0 before. */
  readonly toldEnd: number;
}

/** The organizations of a referral, and from which version on: this decides who may see which item of its timeline. */
export interface Visibility {
  readonly senderOrganizationId: OrganizationId | null;
  readonly networkId: NetworkId | null;
  readonly tasks: Readonly<Record<TaskId, TaskReaders>>;
  /**
   * Needs that a person settled, with the version of the last settlement; this does not reveal the result of a withheld
   * Task.
   */
  readonly byHand?: Readonly<Record<string, Versioned<boolean>>>;
}

export const unknownVisibility: Visibility = { senderOrganizationId: null, networkId: null, tasks: {} };

/** The facts of a timeline item that decide who may see it. */
export interface VisibleItem {
  readonly version: number;
  readonly type: string;
  readonly taskId: string | null;
  readonly serviceRequestId: string | null;
  readonly actorOrganizationId: string | null;
}

/** The organizations that the database shows an item to, in addition to the network's coordinators. */
export interface ItemReaders {
  readonly agencyIds: readonly OrganizationId[];
  readonly visibleToSender: boolean;
}

/** The visibility after one more event; the same object if it changes nothing. */
export function visibilityAfter(visibility: Visibility, envelope: EventEnvelope): Visibility {
  const { streamVersion: version } = envelope;
  const event = envelope.event as ReferralEvent | TaskEvent | AccessEvent | AttachmentEvent;
  if (isEndAlwaysReported(event)) {
    return withTask(visibility, event, (task) => ({ toldEnd: Math.max(task.toldEnd, version) }));
  }
  if (!changes(event, 'readers')) return visibility;
  switch (event.type) {
    case 'referral.created':
      return { ...visibility, senderOrganizationId: event.senderOrganizationId, networkId: event.networkId };
    case 'referral.task.drafted':
      return withTask(visibility, event, (task) => ({
        recipient: newer(task.recipient, { value: event.recipientOrganizationId ?? null, version }),
      }));
    case 'referral.task.sent':
      return withTask(visibility, event, (task) => ({
        sent: task.sent === 0 ? version : Math.min(task.sent, version),
        recipient:
          event.recipientOrganizationId === undefined
            ? task.recipient
            : newer(task.recipient, { value: event.recipientOrganizationId, version }),
        claimants: newer(task.claimants, { value: event.eligibleOrganizationIds ?? [], version }),
        paths: withPath(task.paths, { value: event.returnPath, version }),
      }));
    case 'referral.task.pool-changed':
      return withTask(visibility, event, (task) => ({
        claimants: newer(task.claimants, { value: event.eligibleOrganizationIds, version }),
      }));
    case 'referral.task.accepted':
      return withTask(visibility, event, (task) => ({
        recipient: newer(task.recipient, { value: event.recipientOrganizationId, version }),
      }));
    case 'referral.need.settled': {
      const { serviceRequestId, byHand = false } = event;
      const settled = newer(visibility.byHand?.[serviceRequestId] ?? null, { value: byHand, version });
      return { ...visibility, byHand: { ...visibility.byHand, [serviceRequestId]: settled } };
    }
    case 'referral.task.return-path-changed':
      return withTask(visibility, event, (task) => ({
        paths: withPath(task.paths, { value: event.returnPath, version }),
      }));
  }
}

/** Who may see an item: the agencies of its Task from `sent` on, and the sender unless nothing may be reported back. */
export function readersOf(visibility: Visibility, item: VisibleItem): ItemReaders {
  const task = item.taskId === null ? undefined : visibility.tasks[item.taskId];
  const own = item.actorOrganizationId !== null && item.actorOrganizationId === visibility.senderOrganizationId;
  const shown = isRollUp(item.type) ? isSettledByHand(visibility, item) : own || isEndAlwaysReported(item);
  return {
    agencyIds: task !== undefined && task.sent > 0 && item.version >= task.sent ? agenciesOf(task) : [],
    visibleToSender: shown || !isWithheld(visibility, item, task),
  };
}

/**
 * Items after the point from which nothing is reported back: the Task's own, the result of its need or referral, and the
 * other proposed agencies.
 */
function isWithheld(visibility: Visibility, item: VisibleItem, task: TaskReaders | undefined): boolean {
  if (task !== undefined) return item.version > frozenFrom(task);
  const affected = Object.values(visibility.tasks).filter(({ serviceRequestId }) =>
    item.serviceRequestId === null
      ? visibility.byHand?.[serviceRequestId]?.value !== true
      : serviceRequestId === item.serviceRequestId,
  );
  const speaksOfEnd = isRollUp(item.type) || item.type === 'referral.reroute.proposed';
  return speaksOfEnd && affected.some((each) => each.toldEnd === 0 && item.version > frozenFrom(each));
}

function isSettledByHand(visibility: Visibility, { serviceRequestId, version }: VisibleItem): boolean {
  const settled = serviceRequestId === null ? undefined : visibility.byHand?.[serviceRequestId];
  return settled?.value === true && settled.version === version;
}

function isRollUp(type: string): boolean {
  return type === 'referral.need.settled' || type === 'referral.closed' || type === 'referral.reopened';
}

/** The version after which the sender's view is frozen: the first of the last run of `none`. */
function frozenFrom({ paths, sent }: TaskReaders): number {
  const lastOpen = paths.findLastIndex(({ value }) => !reportsNothing(value));
  const first = paths[lastOpen + 1];
  if (first === undefined || sent === 0) return Number.MAX_SAFE_INTEGER;
  return Math.max(first.version, sent);
}

/** An agency that might have claimed a pool's Task sees nothing of it once it ended unclaimed (contract.md §5.2). */
function agenciesOf({ recipient, claimants, toldEnd }: TaskReaders): readonly OrganizationId[] {
  const one = recipient?.value ?? null;
  if (one !== null) return [one];
  return toldEnd > 0 ? [] : (claimants?.value ?? []);
}

function newer<T>(before: Versioned<T> | null, next: Versioned<T>): Versioned<T> {
  return before === null || next.version >= before.version ? next : before;
}

function withPath(
  paths: readonly Versioned<ReturnPath>[],
  next: Versioned<ReturnPath>,
): readonly Versioned<ReturnPath>[] {
  return [...paths.filter(({ version }) => version !== next.version), next].sort((a, b) => a.version - b.version);
}

function withTask(
  visibility: Visibility,
  { taskId, serviceRequestId }: { readonly taskId: string; readonly serviceRequestId: string },
  change: (task: TaskReaders) => Partial<TaskReaders>,
): Visibility {
  const before = visibility.tasks[taskId];
  const task = before ?? { serviceRequestId, recipient: null, claimants: null, sent: 0, paths: [], toldEnd: 0 };
  return { ...visibility, tasks: { ...visibility.tasks, [taskId]: { ...task, ...change(task) } } };
}
