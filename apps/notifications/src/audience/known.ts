import type { EventActor, NetworkId, OrganizationId, PersonId, ReferralId, ReturnPath, TaskId } from '#contracts';
import type { Parties } from './party.ts';
import type { HeardEvent, HeardOf, HeardType } from './telling.table.ts';

/** What we keep of a referral to know its audiences: ids only. */
export interface KnownReferral {
  readonly referralId: ReferralId;
  readonly networkId: NetworkId;
  readonly senderOrganizationId: OrganizationId;
  readonly creatorId: PersonId | null;
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

/** Null where no event has told us yet. */
export interface Known {
  readonly referral: KnownReferral | null;
  readonly task: KnownTask | null;
}

/** The Task that an event is about; null where it is about the whole referral. */
export function taskOf(event: HeardEvent): TaskId | null {
  if ('taskId' in event) return event.taskId;
  return 'afterTaskId' in event ? event.afterTaskId : null;
}

type Learns = {
  readonly [T in HeardType]?: (known: Known, event: HeardOf<T>, actor: EventActor) => Known;
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
};

/** What is known after an event; the same object where it tells nothing new. */
export function learn<T extends HeardType>(known: Known, type: T, event: HeardOf<T>, actor: EventActor): Known {
  const learning = learns[type];
  return learning === undefined ? known : learning(known, event, actor);
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
    task: task === null ? null : { agencyIds: task.agencyIds, sent: task.sent, returnPath: task.returnPath },
  };
}

/** A Task that a coordinator or the house drafted is followed by whoever made the referral. */
function colleagueOf(referral: KnownReferral | null, actor: EventActor): PersonId | null {
  const isColleague = actor.organizationId !== null && actor.organizationId === referral?.senderOrganizationId;
  return isColleague ? actor.id : (referral?.creatorId ?? null);
}

function withTask(known: Known, change: Partial<KnownTask>): Known {
  return known.task === null ? known : { ...known, task: { ...known.task, ...change } };
}
