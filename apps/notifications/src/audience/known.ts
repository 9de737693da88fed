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
import type { Parties } from './addressee.ts';
import {
  ruleFor,
  notificationRules,
  type SourceEvent,
  type SourceOf,
  type SourceType,
  type NotificationRule,
} from './notification-rule.ts';

/** What we keep of a referral to know its audiences: ids only. */
export interface KnownReferral {
  readonly referralId: ReferralId;
  readonly networkId: NetworkId;
  readonly senderOrganizationId: OrganizationId;
  readonly creatorId: PersonId | null;
  /** A Task of it was sent whose return path is `none`; looked up, and kept with the Tasks. */
  readonly reportsNothing?: boolean;
}

/** What we keep of a Task. `agencyIds`: the recipient, or all who may see an unclaimed pool Task. */
export interface KnownTask {
  readonly taskId: TaskId;
  readonly referralId: ReferralId;
  readonly creatorId: PersonId | null;
  readonly agencyIds: readonly OrganizationId[];
  readonly sent: boolean;
  readonly returnPath: ReturnPath;
}

/** Whose access it is: an `access.ended` names only the access. */
export interface KnownAccess {
  readonly accessId: AccessId;
  readonly referralId: ReferralId;
  readonly organizationId: OrganizationId;
}

/** What an event is about. `taskId` is null where it is the whole referral. */
export interface About {
  readonly referralId: ReferralId;
  readonly taskId: TaskId | null;
  readonly accessId: AccessId | null;
}

/** What is known of what an event is about; null where no event has told us yet. */
export interface Known {
  readonly referral: KnownReferral | null;
  readonly task: KnownTask | null;
  readonly access: KnownAccess | null;
}

export function aboutOf(event: SourceEvent): About {
  const taskId = 'taskId' in event ? event.taskId : 'afterTaskId' in event ? event.afterTaskId : null;
  return { referralId: event.referralId, taskId, accessId: 'accessId' in event ? event.accessId : null };
}

type Learns = {
  readonly [T in SourceType]?: (known: Known, event: SourceOf<T>, actor: EventActor) => Known;
};

const learns: Learns = {
  'referral.created': (known, event, actor) => ({
    ...known,
    referral: {
      referralId: event.referralId,
      networkId: event.networkId,
      senderOrganizationId: event.senderOrganizationId,
      creatorId: actor.id,
    },
  }),
  'referral.task.drafted': (known, event, actor) => ({
    ...known,
    task: {
      taskId: event.taskId,
      referralId: event.referralId,
      creatorId: colleagueOf(known.referral, actor),
      agencyIds: event.recipientOrganizationId === undefined ? [] : [event.recipientOrganizationId],
      sent: false,
      returnPath: 'status',
    },
  }),
  'referral.task.sent': (known, event) =>
    withTask(known, {
      agencyIds:
        event.recipientOrganizationId === undefined
          ? (event.eligibleOrganizationIds ?? [])
          : [event.recipientOrganizationId],
      sent: true,
      returnPath: event.returnPath,
    }),
  'referral.task.pool-changed': (known, event) => withTask(known, { agencyIds: event.eligibleOrganizationIds }),
  'referral.task.accepted': (known, event) => withTask(known, { agencyIds: [event.recipientOrganizationId] }),
  'referral.task.return-path-changed': (known, event) => withTask(known, { returnPath: event.returnPath }),
  'referral.access.granted': (known, event) => ({
    ...known,
    access: { accessId: event.accessId, referralId: event.referralId, organizationId: event.toOrganizationId },
  }),
};

/** Whether an event of this type tells somebody or teaches us something; the others may pass by. */
export function isRelevant(type: SourceType): boolean {
  return notificationRules[type] !== 'nobody' || type in learns;
}

/** What is known after an event; the same object where it tells nothing new. */
export function learn<T extends SourceType>(known: Known, type: T, event: SourceOf<T>, actor: EventActor): Known {
  const learning = learns[type];
  return learning === undefined ? known : learning(known, event, actor);
}

/** What the event tells, given what is known: the end of the coordinators' own access is no news to an agency. */
export function ruleIn<T extends SourceType>(known: Known, type: T, event: SourceOf<T>): NotificationRule | 'nobody' {
  const rule = ruleFor(type, event);
  if (type !== 'referral.access.ended' || rule === 'nobody') return rule;
  const holder = known.access?.organizationId;
  return holder !== undefined && known.task?.agencyIds.includes(holder) === true ? rule : 'nobody';
}

/**
 * Between whom it runs. Undefined where the log was read from its middle, so that nobody can be named: the caller lets
 * the event park with its reason rather than tell too few.
 */
export function partiesOf(known: Known, about: TaskId | null): Parties | undefined {
  const { referral, task } = known;
  if (referral === null || (about !== null && task === null)) return undefined;
  return {
    senderOrganizationId: referral.senderOrganizationId,
    creatorId: task?.creatorId ?? referral.creatorId,
    reportsNothing: referral.reportsNothing === true,
    task: task === null ? null : { agencyIds: task.agencyIds, sent: task.sent, returnPath: task.returnPath },
  };
}

/** A Task that a coordinator or the platform drafted is followed by the person who made the referral. */
function colleagueOf(referral: KnownReferral | null, actor: EventActor): PersonId | null {
  const isColleague = actor.organizationId !== null && actor.organizationId === referral?.senderOrganizationId;
  return isColleague ? actor.id : (referral?.creatorId ?? null);
}

function withTask(known: Known, change: Partial<KnownTask>): Known {
  return known.task === null ? known : { ...known, task: { ...known.task, ...change } };
}
