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
import { by, counseling, day, bySystem, housing, idNumber, org, serviceId, Told, twoNeeds } from '../testing/told.ts';

let coordination: RunningCoordination;
beforeAll(async () => {
  coordination = await startCoordination();
});
afterAll(() => coordination.close());
beforeEach(() => coordination.forget());

const second = { serviceRequestId: housing.serviceRequestId, taskId: idNumber(3, 9) };
const ask = (login: string, referralId: string): Promise<Answered<TimelineView>> =>
  coordination.ask<TimelineView>(login, `referrals/${referralId}/timeline`);
const timeline = async (login: string, { referralId }: Told): Promise<TimelineView> =>
  (await ask(login, referralId)).body;
const types = (view: TimelineView): readonly string[] => view.items.map(({ type }) => type.replace('referral.', ''));

/** Harbor House declines, Open Door is tried by itself and houses the client; counseling stays a draft. */
function rerouted(): Told {
  const told = twoNeeds(coordination.clock.now());
  told.tell(
    TaskDeclined,
    {
      ...housing,
      reason: 'no-capacity',
      hudResult: 3,
      afterAcceptance: false,
      reroute: true,
      rerouteBy: told.in(day),
    },
    by('ines.harbor'),
  );
  told.tell(RerouteProposed, {
    serviceRequestId: housing.serviceRequestId,
    afterTaskId: housing.taskId,
    healthcareServiceIds: [serviceId('open-door-homes')],
    auto: true,
    rerouteBy: told.in(day),
  });
  told.drafted(second, 'housing', 'open-door', 'open-door-homes');
  told.tell(AccessGranted, {
    ...{ accessId: idNumber(5, 1), taskId: second.taskId, clientId: idNumber(6, 1) },
    ...{ fromOrganizationId: org('st-brigid'), toOrganizationId: org('open-door'), purpose: 'care-coordination' },
    ...{ categories: ['core-contact'], consentIds: [], noticeCodes: [] },
  });
  told.sent(second, 'housing', 'open-door');
  told.tell(TaskReceived, { ...second, respondBy: told.in(5 * day) }, by('ivan.opendoor'));
  told.tell(TaskCompleted, { ...second, outcome: 'housed', outputCount: 1 }, by('ivan.opendoor'));
  return told.tell(NeedSettled, { serviceRequestId: housing.serviceRequestId, result: 'met' });
}

describe('A referral’s timeline', () => {
  it('tells the coordinator and the sender everything, in order of version', async () => {
    const told = rerouted();
    await coordination.hear(told.envelopes);
    const view = await timeline('cora.coordinator', told);
    expect(types(view)).toEqual([
      ...['created', 'need.added', 'need.added', 'task.drafted', 'task.drafted', 'task.sent', 'task.declined'],
      ...['reroute.proposed', 'task.drafted', 'task.sent', 'task.received', 'task.completed', 'need.settled'],
    ]);
    expect(view).toMatchObject({ referralId: told.referralId, version: 14, closed: null });
    expect(await timeline('dana.planner', told)).toEqual(view);
    expect(await timeline('hugo.admin', told)).toEqual(view);
  });

  it('says of each item what became of its Task, who did it, why, and what is due next', async () => {
    const told = rerouted();
    await coordination.hear(told.envelopes);
    const declined = told.envelopes[6];
    expect((await timeline('cora.coordinator', told)).items[6]).toEqual({
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
    expect((await timeline('cora.coordinator', told)).items.at(-1)).toMatchObject({
      need: 'housing',
      taskId: null,
      state: null,
      actorRole: 'system',
      flags: ['met'],
    });
  });

  it('tells an agency its own Tasks alone, from their sending on', async () => {
    const told = rerouted();
    await coordination.hear(told.envelopes);
    const harbor = await timeline('ines.harbor', told);
    expect(types(harbor)).toEqual(['task.sent', 'task.declined']);
    expect(harbor).toMatchObject({ version: 7, closed: null });
    expect(harbor.items.map(({ taskId }) => taskId)).toEqual([housing.taskId, housing.taskId]);
    const openDoor = await timeline('ada.opendoor', told);
    expect(types(openDoor)).toEqual(['task.sent', 'task.received', 'task.completed']);
    expect(openDoor.items.map(({ need, state, flags }) => [need, state, flags])).toEqual([
      ['housing', 'sent', ['routine']],
      ['housing', 'received', []],
      ['housing', 'completed', ['housed']],
    ]);
  });

  it('tells of documents those who sent them and who coordinate, and no agency, that may not know of them', async () => {
    const told = rerouted();
    const [attachmentId, version] = [idNumber(7, 1), told.envelopes.length];
    told.tell(
      AttachmentAdded,
      { attachmentId, kind: 'discharge-summary', contentType: 'application/pdf', size: 1000 },
      by('dana.planner'),
    );
    told.tell(AttachmentRemoved, { attachmentId, reason: 'wrong-document' }, by('hugo.admin'));
    await coordination.hear(told.envelopes);
    for (const login of ['dana.planner', 'cora.coordinator']) {
      const items = (await timeline(login, told)).items.slice(-2);
      expect(items.map(({ type, taskId, state, reason, flags }) => [type, taskId, state, reason, flags])).toEqual([
        ['referral.attachment.added', null, null, null, ['discharge-summary']],
        ['referral.attachment.removed', null, null, null, ['wrong-document']],
      ]);
    }
    for (const login of ['ines.harbor', 'ada.opendoor']) {
      const view = await timeline(login, told);
      expect(view.items.filter(({ type }) => type.includes('attachment'))).toEqual([]);
      expect(view.version).toBeLessThanOrEqual(version);
    }
  });

  it('does not exist for those it does not concern, byte for byte as if it were not there', async () => {
    const told = rerouted();
    await coordination.hear(told.envelopes);
    const unknown = await ask('iris.lakeside', idNumber(1, 99));
    expect(unknown.text).toBe(
      '{"type":"urn:problem:not-found","title":"Not found","status":404,"detail":"There is nothing here for you."}',
    );
    for (const [login, id] of [
      ['iris.lakeside', told.referralId],
      ['ilse.workbridge', told.referralId],
      ['cora.coordinator', idNumber(1, 99)],
      ['dana.planner', 'no-id'],
    ] as const) {
      const answer = await ask(login, id);
      expect({ status: answer.status, text: answer.text }).toEqual({ status: 404, text: unknown.text });
    }
  });

  it('opens a pool’s items to those who may claim, and after the claim to the one who did', async () => {
    const told = new Told(idNumber(1, 2)).created().need(housing.serviceRequestId, 'housing');
    told.tell(TaskDrafted, { ...housing, need: 'housing', assignment: 'pool' });
    told.sent(housing, 'housing', 'harbor-house', {
      recipientOrganizationId: undefined,
      eligibleOrganizationIds: [org('harbor-house'), org('open-door')],
    });
    await coordination.hear(told.envelopes);
    for (const login of ['ines.harbor', 'ivan.opendoor'])
      expect(types(await timeline(login, told))).toEqual(['task.sent']);
    const claim = { ownerId: by('ivan.opendoor').id as string, recipientOrganizationId: org('open-door') };
    told.tell(TaskAccepted, { ...housing, ...claim, claimed: true, firstContactBy: told.in(2 * day) });
    await coordination.hear(told.envelopes.slice(-1));
    expect(types(await timeline('ivan.opendoor', told))).toEqual(['task.sent', 'task.accepted']);
    expect((await ask('ines.harbor', told.referralId)).status).toBe(404);
  });

  it('stands still for a sender to whom nothing may be reported, but for ends that concern the offer', async () => {
    const told = twoNeeds(coordination.clock.now());
    told.tell(TaskReceived, { ...housing, respondBy: told.in(5 * day) }, by('ines.harbor'));
    told.tell(TaskReturnPathChanged, { ...housing, returnPath: 'none' });
    told.tell(TaskEscalated, { ...housing, timer: 'respond-by', milestone: 'reminded' });
    await coordination.hear(told.envelopes);
    const before = await timeline('dana.planner', told);
    expect(types(before).at(-1)).toBe('task.received');
    const completed = { ...housing, outcome: 'housed', outputCount: 1 } as const;
    told.tell(TaskCompleted, completed, by('ines.harbor'));
    told.tell(NeedSettled, { serviceRequestId: housing.serviceRequestId, result: 'met' });
    told.tell(ReferralClosed, { closeCode: 'closed-with-service', metCount: 1, partlyMetCount: 0, unmetCount: 0 });
    await coordination.hear(told.envelopes.slice(-3));
    expect(await timeline('dana.planner', told)).toEqual(before);
    expect(types(await timeline('cora.coordinator', told)).slice(-3)).toEqual([
      ...['task.completed', 'need.settled', 'closed'],
    ]);
    expect(types(await timeline('ines.harbor', told)).at(-1)).toBe('task.completed');
  });

  it('tells a sender of an outcome only where consent lets outcomes be reported', async () => {
    const told = new Told(idNumber(1, 3)).created().need(counseling.serviceRequestId, 'mental-health');
    told.drafted(counseling, 'mental-health', 'lakeside', 'lakeside-clinic');
    told.sent(counseling, 'mental-health', 'lakeside', { returnPath: 'status' });
    told.tell(TaskCompleted, { ...counseling, outcome: 'treatment-started', outputCount: 1 }, by('iris.lakeside'));
    await coordination.hear(told.envelopes);
    const flags = async (login: string): Promise<readonly string[] | undefined> =>
      (await timeline(login, told)).items.at(-1)?.flags;
    expect(await flags('dana.planner')).toEqual([]);
    expect(await flags('iris.lakeside')).toEqual(['treatment-started']);
    expect(await flags('cora.coordinator')).toEqual(['treatment-started']);
  });

  it('finds its readers also when the sending is heard before the draft, and the creation last', async () => {
    const told = rerouted();
    for (const envelope of told.envelopes.toReversed()) await coordination.hear([envelope]);
    expect(types(await timeline('ines.harbor', told))).toEqual(['task.sent', 'task.declined']);
    expect((await timeline('dana.planner', told)).items).toHaveLength(13);
    expect((await ask('iris.lakeside', told.referralId)).status).toBe(404);
  });

  it('closes with its referral', async () => {
    const told = rerouted();
    const at = told.now;
    told.tell(
      ReferralClosed,
      { closeCode: 'closed-with-service', metCount: 1, partlyMetCount: 0, unmetCount: 0 },
      bySystem,
    );
    await coordination.hear(told.envelopes);
    expect(await timeline('dana.planner', told)).toMatchObject({
      version: 15,
      closed: { code: 'closed-with-service', at },
    });
    expect((await ask('dana.planner', told.referralId)).headers.etag).toBe('"15"');
    expect((await timeline('ivan.opendoor', told)).closed).toBeNull();
  });

  it('says when an acknowledgement is due with the sending', async () => {
    const told = twoNeeds(coordination.clock.now());
    await coordination.hear(told.envelopes);
    const sending = told.envelopes[5]?.event as TaskSent;
    expect((await timeline('ines.harbor', told)).items).toMatchObject([{ dueAt: sending.acknowledgeBy }]);
  });
});
