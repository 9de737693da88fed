import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TaskSent } from '#contracts';
import {
  AccessGranted,
  AttachmentAdded,
  AttachmentRemoved,
  NeedSettled,
  ReferralClosed,
  RerouteProposed,
  TaskAccepted,
  TaskCompleted,
  TaskDeclined,
  TaskDrafted,
  TaskEscalated,
  TaskReceived,
  TaskReturnPathChanged,
  type TimelineView,
} from '#contracts';
import { startCoordination, type Answered, type RunningCoordination } from '../testing/running.ts';
import {
  by,
  counseling,
  day,
  bySystem,
  housing,
  idNumber,
  org,
  serviceId,
  ReferralEvents,
  twoNeeds,
} from '../testing/referral-events.ts';

let coordination: RunningCoordination;
beforeAll(async () => {
  coordination = await startCoordination();
});
afterAll(() => coordination.close());
beforeEach(() => coordination.forget());

const second = { serviceRequestId: housing.serviceRequestId, taskId: idNumber(3, 9) };
const ask = (login: string, referralId: string): Promise<Answered<TimelineView>> =>
  coordination.ask<TimelineView>(login, `referrals/${referralId}/timeline`);
const timeline = async (login: string, { referralId }: ReferralEvents): Promise<TimelineView> =>
  (await ask(login, referralId)).body;
const types = (view: TimelineView): readonly string[] => view.items.map(({ type }) => type.replace('referral.', ''));

/** Harbor House declines, Open Door is tried by itself and houses the client; counseling stays a draft. */
function rerouted(): ReferralEvents {
  const log = twoNeeds(coordination.clock.now());
  log.add(
    TaskDeclined,
    {
      ...housing,
      reason: 'no-capacity',
      hudResult: 3,
      afterAcceptance: false,
      reroute: true,
      rerouteBy: log.in(day),
    },
    by('ines.harbor'),
  );
  log.add(RerouteProposed, {
    serviceRequestId: housing.serviceRequestId,
    afterTaskId: housing.taskId,
    healthcareServiceIds: [serviceId('open-door-homes')],
    auto: true,
    rerouteBy: log.in(day),
  });
  log.drafted(second, 'housing', 'open-door', 'open-door-homes');
  log.add(AccessGranted, {
    ...{ accessId: idNumber(5, 1), taskId: second.taskId, clientId: idNumber(6, 1) },
    ...{ fromOrganizationId: org('st-brigid'), toOrganizationId: org('open-door'), purpose: 'care-coordination' },
    ...{ categories: ['core-contact'], consentIds: [], noticeCodes: [] },
  });
  log.sent(second, 'housing', 'open-door');
  log.add(TaskReceived, { ...second, respondBy: log.in(5 * day) }, by('ivan.opendoor'));
  log.add(TaskCompleted, { ...second, outcome: 'housed', outputCount: 1 }, by('ivan.opendoor'));
  return log.add(NeedSettled, { serviceRequestId: housing.serviceRequestId, result: 'met' });
}

describe('A referral’s timeline', () => {
  it('shows the coordinator and the sender everything, in order of version', async () => {
    const log = rerouted();
    await coordination.handle(log.envelopes);
    const view = await timeline('cora.coordinator', log);
    expect(types(view)).toEqual([
      ...['created', 'need.added', 'need.added', 'task.drafted', 'task.drafted', 'task.sent', 'task.declined'],
      ...['reroute.proposed', 'task.drafted', 'task.sent', 'task.received', 'task.completed', 'need.settled'],
    ]);
    expect(view).toMatchObject({ referralId: log.referralId, version: 14, closed: null });
    expect(await timeline('dana.planner', log)).toEqual(view);
    expect(await timeline('hugo.admin', log)).toEqual(view);
  });

  it('shows for each item the state of its Task, who acted, why, and what is due next', async () => {
    const log = rerouted();
    await coordination.handle(log.envelopes);
    const declined = log.envelopes[6];
    expect((await timeline('cora.coordinator', log)).items[6]).toEqual({
      eventId: declined?.id,
      version: 7,
      type: 'referral.task.declined',
      at: declined?.time,
      ...housing,
      need: 'housing',
      actorId: by('ines.harbor').id,
      actorRole: 'intake-worker',
      actorOrganizationId: org('harbor-house'),
      state: 'declined',
      subState: null,
      reason: 'no-capacity',
      dueAt: (declined?.event as TaskDeclined).rerouteBy,
      flags: ['reroute'],
    });
    expect((await timeline('cora.coordinator', log)).items.at(-1)).toMatchObject({
      need: 'housing',
      taskId: null,
      state: null,
      actorRole: 'system',
      flags: ['met'],
    });
  });

  it('shows an agency only its own Tasks, from their sending on', async () => {
    const log = rerouted();
    await coordination.handle(log.envelopes);
    const harbor = await timeline('ines.harbor', log);
    expect(types(harbor)).toEqual(['task.sent', 'task.declined']);
    expect(harbor).toMatchObject({ version: 7, closed: null });
    expect(harbor.items.map(({ taskId }) => taskId)).toEqual([housing.taskId, housing.taskId]);
    const openDoor = await timeline('ada.opendoor', log);
    expect(types(openDoor)).toEqual(['task.sent', 'task.received', 'task.completed']);
    expect(openDoor.items.map(({ need, state, flags }) => [need, state, flags])).toEqual([
      ['housing', 'sent', ['routine']],
      ['housing', 'received', []],
      ['housing', 'completed', ['housed']],
    ]);
  });

  it('shows documents to the sender and the coordinators, and to no agency, because it may not know of them', async () => {
    const log = rerouted();
    const [attachmentId, version] = [idNumber(7, 1), log.envelopes.length];
    log.add(
      AttachmentAdded,
      { attachmentId, kind: 'discharge-summary', contentType: 'application/pdf', size: 1000 },
      by('dana.planner'),
    );
    log.add(AttachmentRemoved, { attachmentId, reason: 'wrong-document' }, by('hugo.admin'));
    await coordination.handle(log.envelopes);
    for (const login of ['dana.planner', 'cora.coordinator']) {
      const items = (await timeline(login, log)).items.slice(-2);
      expect(items.map(({ type, taskId, state, reason, flags }) => [type, taskId, state, reason, flags])).toEqual([
        ['referral.attachment.added', null, null, null, ['discharge-summary']],
        ['referral.attachment.removed', null, null, null, ['wrong-document']],
      ]);
    }
    for (const login of ['ines.harbor', 'ada.opendoor']) {
      const view = await timeline(login, log);
      expect(view.items.filter(({ type }) => type.includes('attachment'))).toEqual([]);
      expect(view.version).toBeLessThanOrEqual(version);
    }
  });

  it('is 404 for readers it does not concern, byte for byte as if it did not exist', async () => {
    const log = rerouted();
    await coordination.handle(log.envelopes);
    const unknown = await ask('iris.lakeside', idNumber(1, 99));
    expect(unknown.text).toBe(
      '{"type":"urn:problem:not-found","title":"Not found","status":404,"detail":"There is nothing here for you."}',
    );
    for (const [login, id] of [
      ['iris.lakeside', log.referralId],
      ['ilse.workbridge', log.referralId],
      ['cora.coordinator', idNumber(1, 99)],
      ['dana.planner', 'no-id'],
    ] as const) {
      const answer = await ask(login, id);
      expect({ status: answer.status, text: answer.text }).toEqual({ status: 404, text: unknown.text });
    }
  });

  it('shows the items of a pool to the agencies that may claim, and after the claim to the one that did', async () => {
    const log = new ReferralEvents(idNumber(1, 2)).created().need(housing.serviceRequestId, 'housing');
    log.add(TaskDrafted, { ...housing, need: 'housing', assignment: 'pool' });
    log.sent(housing, 'housing', 'harbor-house', {
      recipientOrganizationId: undefined,
      eligibleOrganizationIds: [org('harbor-house'), org('open-door')],
    });
    await coordination.handle(log.envelopes);
    for (const login of ['ines.harbor', 'ivan.opendoor'])
      expect(types(await timeline(login, log))).toEqual(['task.sent']);
    const claim = { ownerId: by('ivan.opendoor').id as string, recipientOrganizationId: org('open-door') };
    log.add(TaskAccepted, { ...housing, ...claim, claimed: true, firstContactBy: log.in(2 * day) });
    await coordination.handle(log.envelopes.slice(-1));
    expect(types(await timeline('ivan.opendoor', log))).toEqual(['task.sent', 'task.accepted']);
    expect((await ask('ines.harbor', log.referralId)).status).toBe(404);
  });

  it('is frozen for a sender to whom nothing may be reported, except for ends that concern the offer', async () => {
    const log = twoNeeds(coordination.clock.now());
    log.add(TaskReceived, { ...housing, respondBy: log.in(5 * day) }, by('ines.harbor'));
    log.add(TaskReturnPathChanged, { ...housing, returnPath: 'none' });
    log.add(TaskEscalated, { ...housing, timer: 'respond-by', milestone: 'reminded' });
    await coordination.handle(log.envelopes);
    const before = await timeline('dana.planner', log);
    expect(types(before).at(-1)).toBe('task.received');
    const completed = { ...housing, outcome: 'housed', outputCount: 1 } as const;
    log.add(TaskCompleted, completed, by('ines.harbor'));
    log.add(NeedSettled, { serviceRequestId: housing.serviceRequestId, result: 'met' });
    log.add(ReferralClosed, { closeCode: 'closed-with-service', metCount: 1, partlyMetCount: 0, unmetCount: 0 });
    await coordination.handle(log.envelopes.slice(-3));
    expect(await timeline('dana.planner', log)).toEqual(before);
    expect(types(await timeline('cora.coordinator', log)).slice(-3)).toEqual([
      ...['task.completed', 'need.settled', 'closed'],
    ]);
    expect(types(await timeline('ines.harbor', log)).at(-1)).toBe('task.completed');
  });

  it('shows a sender an outcome only if consent allows outcomes to be reported', async () => {
    const log = new ReferralEvents(idNumber(1, 3)).created().need(counseling.serviceRequestId, 'mental-health');
    log.drafted(counseling, 'mental-health', 'lakeside', 'lakeside-clinic');
    log.sent(counseling, 'mental-health', 'lakeside', { returnPath: 'status' });
    log.add(TaskCompleted, { ...counseling, outcome: 'treatment-started', outputCount: 1 }, by('iris.lakeside'));
    await coordination.handle(log.envelopes);
    const flags = async (login: string): Promise<readonly string[] | undefined> =>
      (await timeline(login, log)).items.at(-1)?.flags;
    expect(await flags('dana.planner')).toEqual([]);
    expect(await flags('iris.lakeside')).toEqual(['treatment-started']);
    expect(await flags('cora.coordinator')).toEqual(['treatment-started']);
  });

  it('finds its readers also if the sending is read before the draft, and the creation last', async () => {
    const log = rerouted();
    for (const envelope of log.envelopes.toReversed()) await coordination.handle([envelope]);
    expect(types(await timeline('ines.harbor', log))).toEqual(['task.sent', 'task.declined']);
    expect((await timeline('dana.planner', log)).items).toHaveLength(13);
    expect((await ask('iris.lakeside', log.referralId)).status).toBe(404);
  });

  it('closes with its referral', async () => {
    const log = rerouted();
    const at = log.now;
    log.add(
      ReferralClosed,
      { closeCode: 'closed-with-service', metCount: 1, partlyMetCount: 0, unmetCount: 0 },
      bySystem,
    );
    await coordination.handle(log.envelopes);
    expect(await timeline('dana.planner', log)).toMatchObject({
      version: 15,
      closed: { code: 'closed-with-service', at },
    });
    expect((await ask('dana.planner', log.referralId)).headers.etag).toBe('"15"');
    expect((await timeline('ivan.opendoor', log)).closed).toBeNull();
  });

  it('says when an acknowledgement is due with the sending', async () => {
    const log = twoNeeds(coordination.clock.now());
    await coordination.handle(log.envelopes);
    const sending = log.envelopes[5]?.event as TaskSent;
    expect((await timeline('ines.harbor', log)).items).toMatchObject([{ dueAt: sending.acknowledgeBy }]);
  });
});
