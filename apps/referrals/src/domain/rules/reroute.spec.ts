import { describe, expect, it } from '@jest/globals';
import {
  AccessGranted,
  ReferralClosed,
  RerouteProposed,
  TaskDeclined,
  TaskDrafted,
  TaskNotCompleted,
  TaskSent,
} from '#contracts';
import type { ReferralHistory } from '#decider/testing';
import {
  callers,
  cast,
  consenting,
  factsAt,
  fold,
  idOf,
  services,
  specification,
  histories,
  type WhenResult,
} from '#decider/testing';
import { isEnded } from '#tracking';
import { evolve, type AnyReferralEvent, type CandidateFact, type Policy } from '../referral.ts';
import { decide } from '../testing/decide.ts';
import { commandOf, meanings, questionOf, timersOf } from '../reroute/reroute.process.ts';
import { taskTransitions } from '../task/table/task.transitions.ts';
import { day, plus, minute } from '../model/instant.ts';
import { defaultPolicy } from '../timer/timer-policy.ts';

const given = specification({ decide, evolve });
const { declined } = histories;
const candidate = (service: CandidateFact['service'], covered: boolean): CandidateFact => ({
  healthcareServiceId: service?.healthcareServiceId ?? '',
  organizationId: service?.organizationId ?? '',
  service,
  consent: covered ? consenting() : null,
});
const second = { ...services.lakesideClinic, need: 'housing' as const };

function propose(
  history: ReferralHistory,
  candidates: readonly CandidateFact[],
  policy: Partial<Policy> = {},
): WhenResult<AnyReferralEvent> {
  const facts = factsAt(history.now, defaultPolicy(policy), { candidates });
  const command = { type: 'propose-reroute' as const, serviceRequestId: cast.housing, afterTaskId: cast.task(1) };
  return given(history.events).when({ ...command, caller: callers.system }, facts);
}

const proposal = (healthcareServiceIds: readonly string[], auto: boolean): RerouteProposed =>
  RerouteProposed.of({
    ...{ referralId: cast.referral, serviceRequestId: cast.housing, afterTaskId: cast.task(1) },
    ...{ healthcareServiceIds, auto, rerouteBy: plus(declined.now, day) },
  });

describe('the next candidates', () => {
  const both = [candidate(services.openDoorHomes, false), candidate(second, true)];

  it('are proposed in the directory’s order, and a person decides, where the network only proposes', () => {
    propose(declined, both).then([proposal([cast.openDoorHomes, cast.lakesideClinic], false)]);
  });

  it('are tried by the platform where the network lets it: the best that consent covers', () => {
    propose(declined, both, { reroute: 'auto' }).then([
      proposal([cast.openDoorHomes, cast.lakesideClinic], true),
      TaskDrafted.of({
        ...{ referralId: cast.referral, serviceRequestId: cast.housing, taskId: idOf('e', 1), need: 'housing' },
        ...{ assignment: 'directed', healthcareServiceId: cast.lakesideClinic, recipientOrganizationId: cast.lakeside },
      }),
      AccessGranted.of({
        ...{ referralId: cast.referral, accessId: idOf('e', 2), taskId: idOf('e', 1), clientId: cast.client },
        ...{ fromOrganizationId: cast.hospital, toOrganizationId: cast.lakeside, noticeCodes: [] },
        categories: ['core-contact', 'stated-need', 'functional-needs'],
        purpose: 'care-coordination',
        consentIds: [cast.consent],
      }),
      TaskSent.of({
        ...{ referralId: cast.referral, serviceRequestId: cast.housing, taskId: idOf('e', 1), need: 'housing' },
        ...{
          senderOrganizationId: cast.hospital,
          recipientOrganizationId: cast.lakeside,
          priority: 'routine',
          round: 0,
        },
        ...{ healthcareServiceId: cast.lakesideClinic, returnPath: 'outcome' },
        acknowledgeBy: plus(declined.now, 3 * day),
        deliverBy: plus(declined.now, 15 * minute),
      }),
    ]);
  });

  it.each([
    ['is closed', { openness: 'closed' as const }],
    ['does not serve the area', { areaIds: [cast.south] }],
    ['is not active', { active: false }],
  ])('are not tried by the platform where the service %s', (_name, change) => {
    const there = candidate({ ...services.openDoorHomes, ...change }, true);
    propose(declined, [there], { reroute: 'auto' }).then([proposal([cast.openDoorHomes], false)]);
  });

  it('leave out who just declined and who is parked, and are an empty list when nobody is left', () => {
    propose(declined, [candidate(services.harborBeds, true)], { reroute: 'auto' }).then([proposal([], false)]);
    const twice = declined
      .drafted({ organization: cast.openDoor, service: cast.openDoorHomes }, { taskId: cast.task(2) })
      .sent()
      .declined('no-capacity', { parkDays: 1 });
    const facts = (history: ReferralHistory) =>
      factsAt(history.now, defaultPolicy(), { candidates: [candidate(services.harborBeds, true)] });
    const command = { type: 'propose-reroute' as const, serviceRequestId: cast.housing, afterTaskId: cast.task(2) };
    const after = (days: number): WhenResult<AnyReferralEvent> => {
      const history = twice.wait({ days });
      return given(history.events).when({ ...command, caller: callers.system }, facts(history));
    };
    expect(after(13).decision).toMatchObject({ events: [{ healthcareServiceIds: [] }] });
    expect(after(14).decision).toMatchObject({ events: [{ healthcareServiceIds: [cast.harborBeds] }] });
  });

  it('are proposed once, by the platform, and not when somebody offered the need again', () => {
    const proposed = declined.tell({ id: null, role: 'system', organizationId: null }, proposal([], false));
    propose(proposed, both).thenRefused({ code: 'guard', guard: 'notProposedYet' });
    const again = declined.drafted(
      { organization: cast.openDoor, service: cast.openDoorHomes },
      { taskId: cast.task(2) },
    );
    propose(again, both).thenRefused({
      ...{ code: 'guard', guard: 'noOtherOpenTask', facts: { openTaskId: cast.task(2) } },
    });
    propose(declined.settled('unmet', 'no-capacity'), both).thenRefused({ code: 'guard', guard: 'rerouteIsPending' });
    const { events, now } = declined;
    const command = { type: 'propose-reroute' as const, serviceRequestId: cast.housing, afterTaskId: cast.task(1) };
    given(events)
      .when({ ...command, caller: callers.dana }, factsAt(now, defaultPolicy(), {}))
      .thenRefused({ code: 'role' });
  });
});

describe('the process that looks for them', () => {
  it('has thought of every event by which a Task can end', () => {
    const ends = taskTransitions.filter(({ to }) => to !== 'unchanged' && to !== 'the-state-before' && isEnded(to));
    expect(ends.map(({ emits }) => emits).filter((type) => !(type in meanings))).toEqual([]);
    expect(ends.length).toBeGreaterThan(10);
  });

  const now = '2026-03-02T09:00:00.000Z';
  const ids = { referralId: cast.referral, taskId: cast.task(1), serviceRequestId: cast.housing };
  const timer = {
    kind: 'reroute',
    subject: cast.housing,
    dueAt: 'at-once',
    payload: { afterTaskId: cast.task(1) },
  } as const;

  it('starts at once after an end whose reason asks for another agency, and after no other', () => {
    const end = { ...ids, reason: 'no-capacity' as const, hudResult: 3, afterAcceptance: false };
    expect(timersOf(TaskDeclined.of({ ...end, reroute: true }))).toEqual([timer]);
    expect(timersOf(TaskDeclined.of({ ...end, reroute: false }))).toEqual([]);
    expect(timersOf(TaskNotCompleted.of({ ...end, reroute: true }))).toEqual([timer]);
    const closing = { closeCode: 'closed-with-service' as const, metCount: 1, partlyMetCount: 0, unmetCount: 0 };
    expect(timersOf(ReferralClosed.of({ referralId: cast.referral, ...closing }))).toEqual([]);
  });

  it.each([
    ['expired', 1],
    ['redirected', 0],
    ['withdrawn', 0],
    ['completed', 0],
    ['entered-in-error', 0],
  ] as const)('%s starts %d', (place, count) => {
    const last = histories[place].events.at(-1)?.event;
    expect(last === undefined ? [] : timersOf(last)).toHaveLength(count);
  });

  it('asks the directory for need and area, without those who may not be asked', () => {
    const state = fold({ evolve }, declined.events);
    if (state === null) throw new Error('no state');
    expect(questionOf(state, timer, now)).toEqual({ need: 'housing', areaId: cast.north, exclude: [cast.harbor] });
    expect(commandOf(timer)).toEqual({
      ...{ type: 'propose-reroute', serviceRequestId: cast.housing, afterTaskId: cast.task(1) },
      caller: callers.system,
    });
  });

  it('asks nothing when it comes too late', () => {
    const again = declined.drafted(
      { organization: cast.openDoor, service: cast.openDoorHomes },
      { taskId: cast.task(2) },
    );
    const state = fold({ evolve }, again.events);
    expect(state === null ? undefined : questionOf(state, timer, now)).toBeNull();
  });
});
