import { describe, expect, it } from '@jest/globals';
import {
  AccessEnded,
  AccessGranted,
  NeedSettled,
  ReferralCreated,
  RerouteProposed,
  TaskAccepted,
  TaskDrafted,
  TaskPoolChanged,
  TaskReceived,
  TaskReturnPathChanged,
  TaskSent,
  type EventActor,
} from '#contracts';
import { endsAlwaysReported } from '#tracking';
import { aboutOf, isRelevant, foldReplica, partiesOf, ruleIn, type Replica } from './replica.ts';
import type { SourceEvent } from './notification-rule.ts';

const id = (number: number): string => `0190a0c0-0000-7000-8000-${number.toString().padStart(12, '0')}`;
const [referralId, taskId, serviceRequestId, hospital, agency, secondAgency, planner, colleague, council] = [
  1, 2, 3, 4, 5, 6, 7, 8, 9,
].map(id) as [string, string, string, string, string, string, string, string, string];
const at = '2026-11-24T10:00:00.000Z';

const byPlanner: EventActor = { id: planner, role: 'discharge-planner', organizationId: hospital };
const byColleague: EventActor = { id: colleague, role: 'organization-admin', organizationId: hospital };
const byCoordinator: EventActor = { id: id(10), role: 'coordinator', organizationId: council };
const bySystem: EventActor = { id: null, role: 'system', organizationId: null };

const created = ReferralCreated.of({
  referralId,
  clientId: id(11),
  senderOrganizationId: hospital,
  networkId: id(12),
  priority: 'routine',
});
const ofTask = { referralId, taskId, serviceRequestId };
const drafted = TaskDrafted.of({
  ...ofTask,
  need: 'housing',
  recipientOrganizationId: agency,
  assignment: 'directed',
});
const sentFields = { ...ofTask, need: 'housing', priority: 'routine', acknowledgeBy: at, round: 0 } as const;
const sent = TaskSent.of({
  ...sentFields,
  senderOrganizationId: hospital,
  recipientOrganizationId: agency,
  returnPath: 'outcome',
});

/** The facts after these events, as one Task's history. */
function after(...history: readonly (readonly [SourceEvent, EventActor])[]): Replica {
  const start: Replica = { referral: null, task: null, access: null };
  return history.reduce((replica, [event, actor]) => foldReplica(replica, event.type, event as never, actor), start);
}

describe('the replica of a Task', () => {
  it('comes from the events of its referral', () => {
    expect(after([created, byPlanner], [drafted, byPlanner], [sent, byPlanner])).toEqual({
      referral: {
        ...{ referralId, networkId: id(12), senderOrganizationId: hospital, creatorId: planner },
        settledByHand: [],
      },
      task: {
        ...{ taskId, referralId, serviceRequestId, creatorId: planner, agencyIds: [agency] },
        ...{ sent: true, returnPath: 'outcome', endReported: false },
      },
      access: null,
    });
  });

  it('belongs to the colleague who drafted it, otherwise to the person who made the referral', () => {
    const creatorAfter = (actor: EventActor): string | null | undefined =>
      after([created, byPlanner], [drafted, actor]).task?.creatorId;
    expect([byColleague, byCoordinator, bySystem].map(creatorAfter)).toEqual([colleague, planner, planner]);
  });

  it('of a pool names all who may see it as consent changes, and after the claim only the claimer', () => {
    const drafting = TaskDrafted.of({ ...ofTask, need: 'housing', assignment: 'pool' });
    const pooled = TaskSent.of({
      ...sentFields,
      senderOrganizationId: hospital,
      eligibleOrganizationIds: [agency, secondAgency],
      returnPath: 'status',
    });
    const claimed = TaskAccepted.of({
      ...ofTask,
      ownerId: id(13),
      recipientOrganizationId: secondAgency,
      claimed: true,
      firstContactBy: at,
    });
    const open = after([created, byPlanner], [drafting, byPlanner], [pooled, byPlanner]);
    const narrowed = TaskPoolChanged.of({ ...ofTask, eligibleOrganizationIds: [secondAgency] });
    expect(open.task?.agencyIds).toEqual([agency, secondAgency]);
    expect(foldReplica(open, narrowed.type, narrowed, bySystem).task?.agencyIds).toEqual([secondAgency]);
    expect(foldReplica(open, claimed.type, claimed, bySystem).task?.agencyIds).toEqual([secondAgency]);
  });

  it('follows the return path', () => {
    const fallen = TaskReturnPathChanged.of({ ...ofTask, returnPath: 'none' });
    expect(after([created, byPlanner], [drafted, byPlanner], [sent, byPlanner], [fallen, bySystem]).task).toMatchObject(
      { returnPath: 'none' },
    );
  });

  it.each(Object.values(endsAlwaysReported))('knows that %s is reported whatever the return path', (type) => {
    const ended = { ...ofTask, type } as unknown as SourceEvent;
    const before = after([created, byPlanner], [drafted, byPlanner], [sent, byPlanner]);
    expect(isRelevant(type)).toBe(true);
    expect(foldReplica(before, type, ended as never, bySystem).task?.endReported).toBe(true);
  });

  it('keeps which needs a person settled, by the last settlement of each', () => {
    const settled = (byHand?: boolean): NeedSettled =>
      NeedSettled.of({ referralId, serviceRequestId, result: 'unmet', ...(byHand === undefined ? {} : { byHand }) });
    const byHandAfter = (...history: readonly NeedSettled[]): readonly string[] | undefined =>
      after([created, byPlanner], ...history.map((each) => [each, byPlanner] as const)).referral?.settledByHand;
    expect(byHandAfter(settled(true), settled(true))).toEqual([serviceRequestId]);
    expect(byHandAfter(settled(true), settled())).toEqual([]);
    expect(after([settled(true), byPlanner]).referral).toBeNull();
  });

  it('is the same object after an event that changes nothing', () => {
    const replica = after([created, byPlanner], [drafted, byPlanner]);
    const received = TaskReceived.of({ ...ofTask, respondBy: at });
    expect(foldReplica(replica, received.type, received, bySystem)).toBe(replica);
  });
});

describe('the parties of an event', () => {
  it('are unknown if the group missed the first events', () => {
    expect(partiesOf(after([drafted, byPlanner]), taskId)).toBeUndefined();
    expect(partiesOf(after([created, byPlanner]), taskId)).toBeUndefined();
  });

  it('of the whole referral have no agency', () => {
    expect(partiesOf(after([created, byPlanner]), null)).toEqual({
      senderOrganizationId: hospital,
      creatorId: planner,
      resultIsWithheld: false,
      task: null,
    });
  });

  it('of a reroute are those of the Task that ended', () => {
    const proposed = RerouteProposed.of({
      referralId,
      serviceRequestId,
      afterTaskId: taskId,
      healthcareServiceIds: [],
      auto: false,
      rerouteBy: at,
    });
    expect([proposed, sent, created].map((event) => aboutOf(event).taskId)).toEqual([taskId, taskId, null]);
  });
});

describe('the end of an access', () => {
  const accessId = id(20);
  const grantedTo = (toOrganizationId: string): AccessGranted =>
    AccessGranted.of({
      referralId,
      taskId,
      accessId,
      clientId: id(11),
      fromOrganizationId: hospital,
      toOrganizationId,
      categories: [],
      purpose: 'care-coordination',
      consentIds: [],
      noticeCodes: [],
    });
  const ended = AccessEnded.of({ referralId, taskId, accessId, clientId: id(11), cause: 'consent' });
  const ruleFor = (toOrganizationId: string): unknown => {
    const replica = after(
      [created, byPlanner],
      [drafted, byPlanner],
      [sent, byPlanner],
      [grantedTo(toOrganizationId), byPlanner],
    );
    return ruleIn(replica, ended.type, ended);
  };

  it("is news to the agency whose access it was, and to the sender, and not when it was the coordinators' own", () => {
    expect(ruleFor(agency)).toEqual({
      ...{ template: 'access-ended', to: ['agency', 'sender'], reportsBack: true },
      why: { reason: 'consent-revoked' },
    });
    expect(ruleFor(council)).toBe('nobody');
  });
});

describe('the events that the group reads', () => {
  it('are those that notify somebody or change the replica', () => {
    const relevant = [
      'referral.created',
      'referral.task.drafted',
      'referral.task.sent',
      'referral.access.granted',
    ] as const;
    const passed = ['referral.need.added', 'referral.task.progressed', 'referral.packet.opened'] as const;
    expect(relevant.filter((type) => !isRelevant(type))).toEqual([]);
    expect(passed.filter(isRelevant)).toEqual([]);
  });
});
