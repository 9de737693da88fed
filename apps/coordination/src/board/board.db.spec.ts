import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  NeedSettled,
  RerouteProposed,
  TaskCompleted,
  TaskDeclined,
  TaskNotCompleted,
  TaskReceived,
  TaskReturnPathChanged,
  referenceOf,
  type BoardRowView,
} from '#contracts';
import type { Page } from '#service';
import { startCoordination, type RunningCoordination } from '../testing/running.ts';
import { by, day, housing, org, twoNeeds, type ReferralEvents } from '../testing/referral-events.ts';

let coordination: RunningCoordination;
beforeAll(async () => {
  coordination = await startCoordination();
});
afterAll(() => coordination.close());
beforeEach(() => coordination.forget());

const board = async (login: string, query = ''): Promise<readonly BoardRowView[]> =>
  (await coordination.ask<Page<BoardRowView>>(login, `board${query}`)).body.items;
const referral = (): ReferralEvents => twoNeeds(coordination.clock.now());

describe('The board', () => {
  it('shows one row for each need: to coordinators of the network, to planners of their own organization', async () => {
    const log = referral();
    await coordination.handle(log.envelopes);
    const expected = [
      {
        referralId: log.referralId,
        reference: referenceOf(log.referralId),
        serviceRequestId: housing.serviceRequestId,
        need: 'housing',
        priority: 'routine',
        neededBy: null,
        result: 'in-play',
        taskId: housing.taskId,
        state: 'sent',
        stateSince: log.envelopes[5]?.time,
        subState: null,
        waitsFor: 'agency',
        senderOrganizationId: org('st-brigid'),
        recipientOrganizationId: org('harbor-house'),
        taskCount: 1,
        openedAt: log.envelopes[1]?.time,
        lastEvent: { type: 'referral.task.sent', at: log.envelopes[5]?.time },
        proposedAt: null,
        dueTimer: 'acknowledge-by',
        dueAt: log.in(3 * day - 60_000),
        dueGroup: 'not-due',
        version: 6,
      },
      expect.objectContaining({ need: 'mental-health', state: 'draft', waitsFor: 'sender', dueGroup: 'none' }),
    ];
    for (const login of ['cora.coordinator', 'nora.network', 'dana.planner', 'hugo.admin']) {
      expect(await board(login)).toEqual(expected);
    }
    expect(await board('abel.harbor')).toEqual([]);
    for (const login of ['ines.harbor', 'olga.privacy'])
      expect((await coordination.ask(login, 'board')).status).toBe(403);
  });

  it('waits for the coordinator after a decline, and for nobody once the need is settled', async () => {
    const log = referral();
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
    await coordination.handle(log.envelopes);
    expect((await board('cora.coordinator'))[0]).toMatchObject({
      state: 'declined',
      waitsFor: 'coordinator',
      dueTimer: 'reroute-by',
      lastEvent: { type: 'referral.task.declined' },
      proposedAt: null,
    });
    const proposedAt = log.now;
    const proposal = { afterTaskId: housing.taskId, healthcareServiceIds: [], auto: false, rerouteBy: log.in(day) };
    log.add(RerouteProposed, { serviceRequestId: housing.serviceRequestId, ...proposal });
    await coordination.handle(log.envelopes.slice(-1));
    for (const login of ['cora.coordinator', 'dana.planner'])
      expect((await board(login))[0]).toMatchObject({ waitsFor: 'coordinator', proposedAt });
    log.add(NeedSettled, { serviceRequestId: housing.serviceRequestId, result: 'unmet', reason: 'no-capacity' });
    await coordination.handle(log.envelopes.slice(-1));
    expect((await board('cora.coordinator')).at(-1)).toMatchObject({
      need: 'housing',
      result: 'unmet',
      waitsFor: 'nobody',
      dueAt: null,
      proposedAt: null,
    });
  });

  it('can be filtered by need, state, due group and organization', async () => {
    await coordination.handle(referral().envelopes);
    const needs = async (query: string): Promise<readonly string[]> =>
      (await board('cora.coordinator', query)).map(({ need }) => need);
    expect(await needs('?need=housing')).toEqual(['housing']);
    expect(await needs('?state=draft')).toEqual(['mental-health']);
    expect(await needs('?dueGroup=none')).toEqual(['mental-health']);
    expect(await needs(`?organizationId=${org('harbor-house')}`)).toEqual(['housing']);
    expect(await needs(`?organizationId=${org('st-brigid')}`)).toEqual(['housing', 'mental-health']);
    expect(await needs(`?organizationId=${org('open-door')}`)).toEqual([]);
  });

  it('is frozen for a sender to whom nothing may be reported, while the coordinator sees the actual state', async () => {
    const log = referral();
    log.add(TaskReceived, { ...housing, respondBy: log.in(5 * day) }, by('ines.harbor'));
    log.add(TaskReturnPathChanged, { ...housing, returnPath: 'none' });
    await coordination.handle(log.envelopes);
    const before = (await board('dana.planner', '?need=housing'))[0];
    expect(before).toMatchObject({ state: 'received', version: 7 });
    log.add(TaskCompleted, { ...housing, outcome: 'housed', outputCount: 1 }, by('ines.harbor'));
    log.add(NeedSettled, { serviceRequestId: housing.serviceRequestId, result: 'met' });
    await coordination.handle(log.envelopes.slice(-2));
    expect((await board('dana.planner', '?need=housing'))[0]).toEqual(before);
    expect((await board('cora.coordinator', '?need=housing'))[0]).toMatchObject({
      state: 'completed',
      result: 'met',
      version: 10,
    });
    log.add(TaskReturnPathChanged, { ...housing, returnPath: 'status' });
    await coordination.handle(log.envelopes.slice(-1));
    expect((await board('dana.planner', '?need=housing'))[0]).toMatchObject({ state: 'completed', result: 'met' });
  });

  it('does not show such a sender when and what happened last, or that others are proposed', async () => {
    const log = referral();
    log.add(TaskReturnPathChanged, { ...housing, returnPath: 'none' });
    await coordination.handle(log.envelopes);
    const before = (await board('dana.planner', '?need=housing'))[0];
    expect(before).toMatchObject({ lastEvent: { type: 'referral.task.sent' }, proposedAt: null });
    const end = { reason: 'moved-away', hudResult: 2, reroute: true, rerouteBy: log.in(day) } as const;
    log.add(TaskNotCompleted, { ...housing, ...end }, by('ines.harbor'));
    const proposal = { afterTaskId: housing.taskId, healthcareServiceIds: [], auto: false, rerouteBy: log.in(day) };
    log.add(RerouteProposed, { serviceRequestId: housing.serviceRequestId, ...proposal });
    await coordination.handle(log.envelopes.slice(-2));
    expect((await board('dana.planner', '?need=housing'))[0]).toEqual(before);
    expect((await board('cora.coordinator', '?need=housing'))[0]).toMatchObject({
      stateSince: log.envelopes.at(-2)?.time,
      lastEvent: { type: 'referral.task.not-completed' },
      proposedAt: log.envelopes.at(-1)?.time,
    });
  });
});
