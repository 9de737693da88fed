import { describe, expect, it } from '@jest/globals';
import {
  AccessEnded,
  AccessGranted,
  contactChannels,
  TaskAssigned,
  TaskCompleted,
  TaskConsentAwaited,
  TaskDrafted,
  TaskHeld,
  TaskNotCompleted,
  TaskProgressed,
  TaskRedirected,
  TaskResumed,
  TaskSent,
  type TaskAction,
} from '#contracts';
import type { ReferralHistory } from '#decider/testing';
import {
  callers,
  cast,
  consenting,
  factsAt,
  idOf,
  services,
  specification,
  histories,
  type AskingPerson,
  type WhenResult,
} from '#decider/testing';
import { evolve, type AnyReferralEvent, type Facts, type Policy, type TaskActionData } from '../referral.ts';
import { decide } from '../testing/decide.ts';
import { day, plus, minute } from '../model/instant.ts';
import { defaultPolicy } from '../timer/timer-policy.ts';

const given = specification({ decide, evolve });
const ids = { referralId: cast.referral, taskId: cast.task(1), serviceRequestId: cast.housing };
const { now } = histories.accepted;
interface ActOptions {
  readonly data?: TaskActionData;
  readonly facts?: Partial<Facts>;
  readonly policy?: Partial<Policy>;
}

function act(
  history: ReferralHistory,
  caller: AskingPerson,
  action: TaskAction,
  { data = {}, facts = {}, policy = {} }: ActOptions = {},
): WhenResult<AnyReferralEvent> {
  const command = { type: 'task' as const, taskId: history.taskId, action, data, caller };
  return given(history.events).when(command, factsAt(history.now, defaultPolicy(policy), facts));
}

describe('row 10: redirect', () => {
  const data = { reason: 'no-capacity' as const, healthcareServiceId: cast.openDoorHomes };
  const facts = { service: services.openDoorHomes, consent: consenting() };
  const newTaskId = idOf('e', 1);
  const opening = [
    AccessEnded.of({
      ...{ referralId: cast.referral, taskId: cast.task(1), clientId: cast.client },
      ...{ accessId: idOf('d', 16 + 2), cause: 'redirected' },
    }),
    TaskRedirected.of({
      ...{ ...ids, reason: 'no-capacity', targetHealthcareServiceId: cast.openDoorHomes, newTaskId },
      parkUntil: plus(now, 14 * day),
    }),
    TaskDrafted.of({
      ...{ ...ids, taskId: newTaskId, need: 'housing', assignment: 'directed', replacesTaskId: cast.task(1) },
      ...{ healthcareServiceId: cast.openDoorHomes, recipientOrganizationId: cast.openDoor },
    }),
  ];

  it('ends the first agency’s access and sends a new Task, where the network lets the platform send', () => {
    act(histories.received, callers.ines, 'redirect', { data, facts, policy: { reroute: 'auto' } }).then([
      ...opening,
      AccessGranted.of({
        ...{ referralId: cast.referral, accessId: idOf('e', 2), taskId: newTaskId, clientId: cast.client },
        ...{ fromOrganizationId: cast.hospital, toOrganizationId: cast.openDoor, noticeCodes: [] },
        categories: ['core-contact', 'stated-need', 'functional-needs'],
        purpose: 'care-coordination',
        consentIds: [cast.consent],
      }),
      TaskSent.of({
        ...{ ...ids, taskId: newTaskId, need: 'housing', senderOrganizationId: cast.hospital, priority: 'routine' },
        ...{ recipientOrganizationId: cast.openDoor, healthcareServiceId: cast.openDoorHomes, round: 0 },
        returnPath: 'outcome',
        acknowledgeBy: plus(now, 3 * day),
        deliverBy: plus(now, 15 * minute),
      }),
    ]);
  });

  it('asks for consent where it does not name the target', () => {
    const none = { ...facts, consent: null };
    act(histories.received, callers.ines, 'redirect', { data, facts: none, policy: { reroute: 'auto' } }).then([
      ...opening,
      TaskConsentAwaited.of({
        ...{ ...ids, taskId: newTaskId, clientId: cast.client, recipientOrganizationId: cast.openDoor },
        categories: ['core-contact', 'stated-need'],
        purpose: 'care-coordination',
      }),
    ]);
  });

  it('leaves the new Task a draft for a person to send where the network only proposes', () => {
    act(histories.received, callers.ines, 'redirect', { data, facts }).then(opening);
  });

  it('is refused to the same service, to an agency that has it already, and while consent is suspended', () => {
    const same = { ...data, healthcareServiceId: cast.harborBeds };
    act(histories.received, callers.ines, 'redirect', { data: same, facts }).thenRefused({
      ...{ code: 'guard', guard: 'targetIsAnother', facts: { healthcareServiceId: cast.harborBeds } },
    });
    const both = histories.received
      .drafted({ organization: cast.openDoor, service: cast.openDoorHomes }, { taskId: cast.task(2) })
      .on(cast.task(1), cast.harbor);
    act(both, callers.ines, 'redirect', { data, facts }).thenRefused({
      ...{ code: 'guard', guard: 'noOpenTaskForOrganization', facts: { openTaskId: cast.task(2) } },
    });
    act(histories.suspended, callers.ines, 'redirect', { data, facts }).thenRefused({ code: 'illegal-move' });
    act(histories.redirected, callers.ines, 'redirect', { data, facts }).thenRefused({ code: 'illegal-move' });
  });
});

describe('rows 11 and 13: progress', () => {
  const at = now;

  it('is the first contact once, and moves an accepted Task to in progress', () => {
    const data = { kind: 'contact-attempted' as const, at, channel: 'phone' as const, reached: false };
    act(histories.accepted, callers.abel, 'progress', { data }).then([
      TaskProgressed.of({ ...ids, ...data, firstContact: true }),
    ]);
    act(histories['in-progress'], callers.ines, 'progress', { data: { kind: 'no-show', at } }).then([
      TaskProgressed.of({ ...ids, kind: 'no-show', at, firstContact: false }),
    ]);
  });

  it('needs channel and whether the client was reached, for a contact attempt', () => {
    act(histories.accepted, callers.ines, 'progress', { data: { kind: 'contact-attempted', at } }).thenRefused({
      code: 'invalid',
      errors: [
        { field: 'channel', message: 'channel is needed for a contact attempt', allowed: contactChannels },
        { field: 'reached', message: 'reached is needed for a contact attempt', allowed: ['true', 'false'] },
      ],
    });
  });

  it('is refused before acceptance, on hold, and once a withdrawal was asked for', () => {
    const data = { kind: 'interim' as const, at };
    act(histories.received, callers.ines, 'progress', { data }).thenRefused({ code: 'illegal-move' });
    act(histories['on-hold'], callers.ines, 'progress', { data }).thenRefused({ code: 'illegal-move' });
    act(histories['accepted, withdrawal asked'], callers.ines, 'progress', { data }).thenRefused({
      code: 'illegal-move',
    });
  });
});

describe('rows 12 and 23: hold and resume', () => {
  const reviewOn = plus(now, 20 * day);

  it('holds with a day to look again, and resumes into progress', () => {
    act(histories.accepted, callers.ines, 'hold', { data: { subState: 'awaiting-documents', reviewOn } }).then([
      TaskHeld.of({ ...ids, subState: 'awaiting-documents', reviewOn }),
    ]);
    act(histories['on-hold'], callers.ines, 'resume').then([TaskResumed.of(ids)]);
  });

  it('is refused when held already, when not held, without a day, and for consent, which is the platform’s', () => {
    act(histories['on-hold'], callers.ines, 'hold', { data: { subState: 'waitlisted', reviewOn } }).thenRefused({
      code: 'illegal-move',
    });
    act(histories.accepted, callers.ines, 'resume').thenRefused({ code: 'illegal-move', state: 'accepted' });
    act(histories.suspended, callers.ines, 'resume').thenRefused({ code: 'illegal-move', state: 'on-hold' });
    act(histories.accepted, callers.ines, 'hold', { data: { subState: 'waitlisted' } }).thenRefused({
      code: 'invalid',
    });
    const consent = { subState: 'consent-suspended' as const, reviewOn };
    act(histories.accepted, callers.ines, 'hold', { data: consent }).thenRefused({ code: 'invalid' });
  });
});

describe('row 14: not completed', () => {
  const gone = { data: { reason: 'unable-to-contact' as const } };
  const tried = histories.accepted
    .progressed('contact-attempted', { channel: 'phone', reached: false, first: true })
    .wait({ days: 2 })
    .progressed('contact-attempted', { channel: 'sms', reached: false })
    .wait({ days: 3 })
    .progressed('contact-attempted', { channel: 'phone', reached: false });

  it('looks for another agency where the reason asks for it', () => {
    act(histories['in-progress'], callers.ines, 'not-complete', { data: { reason: 'not-eligible' } }).then([
      TaskNotCompleted.of({
        ...{ ...ids, reason: 'not-eligible', hudResult: 3, reroute: true },
        parkUntil: plus(now, 180 * day),
        rerouteBy: plus(now, day),
      }),
    ]);
  });

  it('is unable to contact after three attempts on two channels over five days', () => {
    act(tried, callers.ines, 'not-complete', gone).then([
      TaskNotCompleted.of({
        ...{ ...ids, reason: 'unable-to-contact', hudResult: 2, reroute: true },
        rerouteBy: plus(tried.now, day),
      }),
    ]);
  });

  it('is refused with the counts that are missing', () => {
    const twice = histories.accepted
      .progressed('contact-attempted', { channel: 'phone', reached: false, first: true })
      .wait({ days: 4 })
      .progressed('contact-attempted', { channel: 'phone', reached: false });
    act(twice, callers.ines, 'not-complete', gone).thenRefused({
      ...{ code: 'guard', guard: 'contactAttemptsMet' },
      facts: { count: 2, channels: 1, days: 4, neededCount: 3, neededChannels: 2, neededDays: 5 },
    });
  });

  it('starts the count again once the client was reached', () => {
    const reached = tried.progressed('contact-attempted', { channel: 'visit', reached: true });
    act(reached, callers.ines, 'not-complete', gone).thenRefused({
      ...{ code: 'guard', guard: 'contactAttemptsMet' },
      facts: { count: 0, channels: 0, days: 0, neededCount: 3, neededChannels: 2, neededDays: 5 },
    });
  });

  it('never happens by a no-show alone, nor twice', () => {
    const missed = histories['in-progress'].progressed('no-show');
    act(missed, callers.ines, 'progress', { data: { kind: 'interim', at: missed.now } }).thenTypes([
      'referral.task.progressed',
    ]);
    act(histories['not-completed'], callers.ines, 'not-complete', gone).thenRefused({ code: 'illegal-move' });
  });
});

describe('row 15: complete', () => {
  const outputs = [{ kind: 'placement' as const, at: now }];

  it('meets the need and closes the referral with service', () => {
    act(histories['on-hold'], callers.ines, 'complete', { data: { outcome: 'housed', outputs } }).thenTypes([
      'referral.task.completed',
      'referral.need.settled',
      'referral.closed',
    ]);
  });

  it('answers a request to withdraw', () => {
    const data = { outcome: 'partly-provided' as const, outputs: [...outputs, ...outputs] };
    const { decision } = act(histories['in-progress, withdrawal asked'], callers.ines, 'complete', { data });
    expect(decision).toMatchObject({
      events: [TaskCompleted.of({ ...ids, outcome: data.outcome, outputCount: 2 }), {}, {}],
    });
  });

  it('is refused without outputs, with too many, before acceptance, and when repeated', () => {
    act(histories.accepted, callers.ines, 'complete', { data: { outcome: 'housed' } }).thenRefused({
      ...{ code: 'invalid', errors: [{ field: 'outputs', message: 'outputs is needed to complete' }] },
    });
    act(histories.accepted, callers.ines, 'complete', { data: { outcome: 'housed', outputs: [] } }).thenRefused({
      ...{ code: 'invalid', errors: [{ field: 'outputs', message: 'outputs must have 1 to 20' }] },
    });
    const data = { outcome: 'housed' as const, outputs };
    act(histories.received, callers.ines, 'complete', { data }).thenRefused({ code: 'illegal-move' });
    act(histories.completed, callers.ines, 'complete', { data }).thenRefused({ code: 'illegal-move' });
  });
});

describe('row 25: assign', () => {
  const to = (personId: string): ActOptions => ({
    data: { ownerId: personId },
    facts: { owner: { personId, organizationId: cast.harbor, active: true } },
  });

  it('lets an intake worker take it, and an administrator give it to anyone', () => {
    act(histories.accepted, callers.ines, 'assign', to(cast.ines)).then([
      TaskAssigned.of({ ...ids, ownerId: cast.ines }),
    ]);
    act(histories['on-hold'], callers.abel, 'assign', to(cast.ines)).then([
      TaskAssigned.of({ ...ids, ownerId: cast.ines }),
    ]);
  });

  it('is refused to an intake worker for somebody else, and for an owner who is gone', () => {
    act(histories.accepted, callers.ines, 'assign', to(cast.abel)).thenRefused({
      ...{ code: 'guard', guard: 'assignsOneselfOrIsAdministrator', facts: { ownerId: cast.abel } },
    });
    const gone = { ...to(cast.ines), facts: { owner: null } };
    act(histories.accepted, callers.ines, 'assign', gone).thenRefused({ code: 'guard', guard: 'ownerIsActive' });
    act(histories.received, callers.ines, 'assign', to(cast.ines)).thenRefused({ code: 'illegal-move' });
  });
});
