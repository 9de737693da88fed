import type {
  AccessId,
  EventActor,
  NetworkId,
  OrganizationId,
  PersonId,
  ReferralId,
  ReturnPath,
  TaskId,
} from '#contracts';
import { isEndAlwaysReported } from '#tracking';
import type { Parties } from './addressee.ts';
import {
  ruleFor,
  notificationRules,
  type SourceEvent,
  type SourceOf,
  type SourceType,
  type NotificationRule,
} from './notification-rule.ts';

/** What this service keeps of a referral to find its audiences: ids only. */
export interface ReferralReplica {
  readonly referralId: ReferralId;
  readonly networkId: NetworkId;
  readonly senderOrganizationId: OrganizationId;
  readonly creatorId: PersonId | null;
  /** Needs that a person settled by hand: their result reports nothing of a Task. */
  readonly settledByHand: readonly string[];
  /** Whether its result would report a Task that is withheld from the sender; read from the rows of its Tasks. */
  readonly resultIsWithheld?: boolean;
}

/** What this service keeps of a Task. `agencyIds`: the recipient, or all who may see an unclaimed pool Task. */
export interface TaskReplica {
  readonly taskId: TaskId;
  readonly referralId: ReferralId;
  /** Null in rows from before it was kept. */
  readonly serviceRequestId: string | null;
  readonly creatorId: PersonId | null;
  readonly agencyIds: readonly OrganizationId[];
  readonly sent: boolean;
  readonly returnPath: ReturnPath;
  /** Whether it ended in a way that the sender may know of, whatever the return path (contract.md §4.6). */
  readonly endReported: boolean;
}

/** Whose access it is. Kept because `access.ended` names only the access. */
export interface AccessReplica {
  readonly accessId: AccessId;
  readonly referralId: ReferralId;
  readonly organizationId: OrganizationId;
}

/** What an event is about. `taskId` is null if it is about the whole referral. */
export interface About {
  readonly referralId: ReferralId;
  readonly taskId: TaskId | null;
  readonly accessId: AccessId | null;
}

/** The local replica of the referral, Task and access that an event is about; null where no event of it has been read yet. */
export interface Replica {
  readonly referral: ReferralReplica | null;
  readonly task: TaskReplica | null;
  readonly access: AccessReplica | null;
}

export function aboutOf(event: SourceEvent): About {
  const taskId = 'taskId' in event ? event.taskId : 'afterTaskId' in event ? event.afterTaskId : null;
  return { referralId: event.referralId, taskId, accessId: 'accessId' in event ? event.accessId : null };
}

type Folds = {
  readonly [T in SourceType]?: (replica: Replica, event: SourceOf<T>, actor: EventActor) => Replica;
};

const folds: Folds = {
  'referral.created': (replica, event, actor) => ({
    ...replica,
    referral: {
      referralId: event.referralId,
      networkId: event.networkId,
      senderOrganizationId: event.senderOrganizationId,
      creatorId: actor.id,
      settledByHand: [],
    },
  }),
  'referral.need.settled': (replica, { serviceRequestId, byHand = false }) => {
    if (replica.referral === null) return replica;
    const others = replica.referral.settledByHand.filter((each) => each !== serviceRequestId);
    const settledByHand = byHand ? [...others, serviceRequestId] : others;
    return { ...replica, referral: { ...replica.referral, settledByHand } };
  },
  'referral.task.drafted': (replica, event, actor) => ({
    ...replica,
    task: {
      taskId: event.taskId,
      referralId: event.referralId,
      serviceRequestId: event.serviceRequestId,
      creatorId: colleagueOf(replica.referral, actor),
      agencyIds: event.recipientOrganizationId === undefined ? [] : [event.recipientOrganizationId],
      sent: false,
      returnPath: 'status',
      endReported: false,
    },
  }),
  'referral.task.sent': (replica, event) =>
    withTask(replica, {
      agencyIds:
        event.recipientOrganizationId === undefined
          ? (event.eligibleOrganizationIds ?? [])
          : [event.recipientOrganizationId],
      sent: true,
      returnPath: event.returnPath,
    }),
  'referral.task.pool-changed': (replica, event) => withTask(replica, { agencyIds: event.eligibleOrganizationIds }),
  'referral.task.accepted': (replica, event) => withTask(replica, { agencyIds: [event.recipientOrganizationId] }),
  'referral.task.return-path-changed': (replica, event) => withTask(replica, { returnPath: event.returnPath }),
  'referral.access.granted': (replica, event) => ({
    ...replica,
    access: { accessId: event.accessId, referralId: event.referralId, organizationId: event.toOrganizationId },
  }),
};

/** Whether an event of this type notifies somebody or changes the replica; the group does not read the others. */
export function isRelevant(type: SourceType): boolean {
  return notificationRules[type] !== 'nobody' || type in folds || isEndAlwaysReported({ type });
}

/** The replica after an event; the same object where the event changes nothing. */
export function foldReplica<T extends SourceType>(
  replica: Replica,
  type: T,
  event: SourceOf<T>,
  actor: EventActor,
): Replica {
  if (isEndAlwaysReported({ type })) return withTask(replica, { endReported: true });
  const fold = folds[type];
  return fold === undefined ? replica : fold(replica, event, actor);
}

/** The rule for an event, given the replica. The end of the coordinators' own access notifies nobody. */
export function ruleIn<T extends SourceType>(
  replica: Replica,
  type: T,
  event: SourceOf<T>,
): NotificationRule | 'nobody' {
  const rule = ruleFor(type, event);
  if (type !== 'referral.access.ended' || rule === 'nobody') return rule;
  const holder = replica.access?.organizationId;
  return holder !== undefined && replica.task?.agencyIds.includes(holder) === true ? rule : 'nobody';
}

/**
 * Between whom a referral or Task runs. Undefined if the group missed its first events: then the caller parks the event
 * with that reason, because otherwise too few people would be notified.
 */
export function partiesOf(replica: Replica, about: TaskId | null): Parties | undefined {
  const { referral, task } = replica;
  if (referral === null || (about !== null && task === null)) return undefined;
  return {
    senderOrganizationId: referral.senderOrganizationId,
    creatorId: task?.creatorId ?? referral.creatorId,
    resultIsWithheld: referral.resultIsWithheld === true,
    task: task === null ? null : { agencyIds: task.agencyIds, sent: task.sent, returnPath: task.returnPath },
  };
}

/** For a Task that a coordinator or the platform drafted, the person who made the referral is notified. */
function colleagueOf(referral: ReferralReplica | null, actor: EventActor): PersonId | null {
  const isColleague = actor.organizationId !== null && actor.organizationId === referral?.senderOrganizationId;
  return isColleague ? actor.id : (referral?.creatorId ?? null);
}

function withTask(replica: Replica, change: Partial<TaskReplica>): Replica {
  return replica.task === null ? replica : { ...replica, task: { ...replica.task, ...change } };
}
