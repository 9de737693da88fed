import type { EventEnvelope, NetworkId, OrganizationId, ReturnPath, TaskId } from '#contracts';
import type { KnownEvent } from '../board/board.ts';

/** A value with the version of the fact that told it: the newest fact wins, in whatever order they arrive. */
interface Told<T> {
  readonly value: T;
  readonly version: number;
}

interface TaskSides {
  readonly serviceRequestId: string;
  readonly recipient: Told<OrganizationId | null> | null;
  readonly claimants: Told<readonly OrganizationId[]> | null;
  /** The version of the fact that sent it; 0 before. */
  readonly sent: number;
  /** What may be reported back, from which version on. */
  readonly paths: readonly Told<ReturnPath>[];
  /** Ends that concern the offer and not the client, and so are told whatever the return path (contract.md §4.6). */
  readonly toldEnd: number;
}

/** Who has to do with a referral, and from where on: what decides who may see which item of its timeline. */
export interface Sides {
  readonly senderOrganizationId: OrganizationId | null;
  readonly networkId: NetworkId | null;
  readonly tasks: Readonly<Record<TaskId, TaskSides>>;
  /** Needs that a person settled, by the last fact of it; how a Task ended that may report nothing is not told thereby. */
  readonly byHand?: Readonly<Record<string, Told<boolean>>>;
}

export const noSides: Sides = { senderOrganizationId: null, networkId: null, tasks: {} };

/** What of an item decides who may see it. */
export interface SidedItem {
  readonly version: number;
  readonly type: string;
  readonly taskId: string | null;
  readonly serviceRequestId: string | null;
  readonly actorOrganizationId: string | null;
}

export interface Sight {
  readonly agencyIds: readonly OrganizationId[];
  readonly toldToSender: boolean;
}

const alwaysTold: ReadonlySet<string> = new Set([
  'referral.task.declined',
  'referral.task.redirected',
  'referral.task.withdrawn',
  'referral.task.expired',
  'referral.task.marked-in-error',
]);

/** The sides with what one more fact tells of them; the same object where it tells nothing new. */
export function withSide(sides: Sides, envelope: EventEnvelope): Sides {
  const { streamVersion: version } = envelope;
  const event = envelope.event as KnownEvent;
  switch (event.type) {
    case 'referral.created':
      return { ...sides, senderOrganizationId: event.senderOrganizationId, networkId: event.networkId };
    case 'referral.task.drafted':
      return withTask(sides, event, (task) => ({
        recipient: newer(task.recipient, { value: event.recipientOrganizationId ?? null, version }),
      }));
    case 'referral.task.sent':
      return withTask(sides, event, (task) => ({
        sent: task.sent === 0 ? version : Math.min(task.sent, version),
        recipient:
          event.recipientOrganizationId === undefined
            ? task.recipient
            : newer(task.recipient, { value: event.recipientOrganizationId, version }),
        claimants: newer(task.claimants, { value: event.eligibleOrganizationIds ?? [], version }),
        paths: withPath(task.paths, { value: event.returnPath, version }),
      }));
    case 'referral.task.pool-changed':
      return withTask(sides, event, (task) => ({
        claimants: newer(task.claimants, { value: event.eligibleOrganizationIds, version }),
      }));
    case 'referral.task.accepted':
      return withTask(sides, event, (task) => ({
        recipient: newer(task.recipient, { value: event.recipientOrganizationId, version }),
      }));
    case 'referral.need.settled': {
      const { serviceRequestId, byHand = false } = event;
      const settled = newer(sides.byHand?.[serviceRequestId] ?? null, { value: byHand, version });
      return { ...sides, byHand: { ...sides.byHand, [serviceRequestId]: settled } };
    }
    case 'referral.task.return-path-changed':
      return withTask(sides, event, (task) => ({
        paths: withPath(task.paths, { value: event.returnPath, version }),
      }));
    case 'referral.task.declined':
    case 'referral.task.redirected':
    case 'referral.task.withdrawn':
    case 'referral.task.expired':
    case 'referral.task.marked-in-error':
      return withTask(sides, event, (task) => ({ toldEnd: Math.max(task.toldEnd, version) }));
    default:
      return sides;
  }
}

/** Who may see an item: the agencies of its Task from `sent` on, and the sender unless nothing may be reported back. */
export function sightOf(sides: Sides, item: SidedItem): Sight {
  const task = item.taskId === null ? undefined : sides.tasks[item.taskId];
  const own = item.actorOrganizationId !== null && item.actorOrganizationId === sides.senderOrganizationId;
  const told = isRollUp(item.type) ? isSettledByHand(sides, item) : own || alwaysTold.has(item.type);
  return {
    agencyIds: task !== undefined && task.sent > 0 && item.version >= task.sent ? agenciesOf(task) : [],
    toldToSender: told || !isWithheld(sides, item, task),
  };
}

/**
 * After the point from which nothing is reported back: the Task's own items, what its need or referral came to, and who
 * else is proposed for the need.
 */
function isWithheld(sides: Sides, item: SidedItem, task: TaskSides | undefined): boolean {
  if (task !== undefined) return item.version > frozenFrom(task);
  const affected = Object.values(sides.tasks).filter(({ serviceRequestId }) =>
    item.serviceRequestId === null
      ? sides.byHand?.[serviceRequestId]?.value !== true
      : serviceRequestId === item.serviceRequestId,
  );
  const speaksOfEnd = isRollUp(item.type) || item.type === 'referral.reroute.proposed';
  return speaksOfEnd && affected.some((each) => each.toldEnd === 0 && item.version > frozenFrom(each));
}

function isSettledByHand(sides: Sides, { serviceRequestId, version }: SidedItem): boolean {
  const settled = serviceRequestId === null ? undefined : sides.byHand?.[serviceRequestId];
  return settled?.value === true && settled.version === version;
}

function isRollUp(type: string): boolean {
  return type === 'referral.need.settled' || type === 'referral.closed' || type === 'referral.reopened';
}

/** The version after which the sender's view stands still: the first of the last run of `none`. */
function frozenFrom({ paths, sent }: TaskSides): number {
  const lastOpen = paths.findLastIndex(({ value }) => value !== 'none');
  const first = paths[lastOpen + 1];
  if (first === undefined || sent === 0) return Number.MAX_SAFE_INTEGER;
  return Math.max(first.version, sent);
}

/** Who might have claimed a pool's Task sees nothing of it once it ended unclaimed (contract.md §5.2). */
function agenciesOf({ recipient, claimants, toldEnd }: TaskSides): readonly OrganizationId[] {
  const one = recipient?.value ?? null;
  if (one !== null) return [one];
  return toldEnd > 0 ? [] : (claimants?.value ?? []);
}

function newer<T>(known: Told<T> | null, told: Told<T>): Told<T> {
  return known === null || told.version >= known.version ? told : known;
}

function withPath(paths: readonly Told<ReturnPath>[], told: Told<ReturnPath>): readonly Told<ReturnPath>[] {
  return [...paths.filter(({ version }) => version !== told.version), told].sort((a, b) => a.version - b.version);
}

function withTask(
  sides: Sides,
  { taskId, serviceRequestId }: { readonly taskId: string; readonly serviceRequestId: string },
  change: (task: TaskSides) => Partial<TaskSides>,
): Sides {
  const known = sides.tasks[taskId];
  const task = known ?? { serviceRequestId, recipient: null, claimants: null, sent: 0, paths: [], toldEnd: 0 };
  return { ...sides, tasks: { ...sides.tasks, [taskId]: { ...task, ...change(task) } } };
}
