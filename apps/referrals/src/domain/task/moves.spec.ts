import { describe, expect, it } from '@jest/globals';
import { needs, outcomes, outcomesOf, reasonsFor, type Need, type TaskAction } from '#contracts';
import {
  callers,
  cast,
  consenting,
  factsAt,
  fold,
  services,
  specification,
  histories,
  type AskingPerson,
  type WhenResult,
  type ReferralHistory,
} from '#decider/testing';
import { evolve, type AnyReferralEvent, type Facts, type ReferralState, type TaskActionData } from '../referral.ts';
import { decide } from '../testing/decide.ts';
import { day, plus, minute } from '../model/instant.ts';
import { defaultPolicy } from '../timer/timer-policy.ts';
import { legalMoves } from './task.ts';

const given = specification({ decide, evolve });

function act(
  history: ReferralHistory,
  caller: AskingPerson,
  action: TaskAction,
  { data = {}, facts = {} }: { readonly data?: TaskActionData; readonly facts?: Partial<Facts> } = {},
): WhenResult<AnyReferralEvent> {
  const command = { type: 'task' as const, taskId: history.taskId, action, data, caller };
  return given(history.events).when(command, factsAt(history.now, defaultPolicy(), facts));
}

describe('a reason whose line says that it needs words', () => {
  const reasoned = [
    ['withdraw', histories.sent, callers.dana],
    ['decline', histories.received, callers.ines],
    ['not-complete', histories['in-progress'], callers.ines],
    ['reopen', histories.declined, callers.dana],
    ['mark-error', histories.sent, callers.dana],
  ] as const;

  it.each(reasoned)('is refused without them: %s [W12]', (action, history, caller) => {
    const refused = { code: 'invalid' as const, errors: [{ field: 'note' }] };
    const outcome = act(history, caller, action, { data: { reason: 'other' } });
    expect(outcome.decision).toMatchObject({ kind: 'refused', refusal: refused });
    expect(act(history, caller, action, { data: { reason: 'other', hasNote: true } }).decision.kind).toBe('accepted');
    for (const reason of reasonsFor(action).filter((code) => !['other', 'unable-to-contact'].includes(code))) {
      expect([reason, act(history, caller, action, { data: { reason } }).decision.kind]).toEqual([reason, 'accepted']);
    }
  });

  it.each(['settle-need', 'withdraw-referral'] as const)('is refused without them: %s [W12]', (type) => {
    const of = { serviceRequestId: cast.housing, reason: 'other' as const, caller: callers.dana };
    const ask = (more: object): WhenResult<AnyReferralEvent> =>
      given(histories.declined.events).when(
        { type, ...of, ...more },
        factsAt(histories.declined.now, defaultPolicy(), {}),
      );
    ask({}).thenRefused({ code: 'invalid' });
    expect(ask({ hasNote: true }).decision.kind).toBe('accepted');
  });
});

describe('a withdrawal', () => {
  it.each(['suspended', 'suspended, withdrawal asked'] as const)(
    'of a Task that nobody accepted is at once: %s [W13]',
    (name) => {
      act(histories[name], callers.dana, 'withdraw', { data: { reason: 'duplicate' } }).thenTypes([
        'referral.task.withdrawn',
        'referral.need.settled',
        'referral.closed',
      ]);
    },
  );

  it('of a whole referral ends a Task that is suspended before acceptance at once [W13]', () => {
    const { events, now } = histories.suspended;
    given(events)
      .when({ type: 'withdraw-referral', reason: 'duplicate', caller: callers.dana }, factsAt(now, defaultPolicy(), {}))
      .thenTypes(['referral.task.withdrawn', 'referral.need.settled', 'referral.closed']);
  });
});

describe('entering in error', () => {
  const wrong = { data: { reason: 'sent-in-error' as const } };
  const reopenedByCouncil = histories.declined.drafted(undefined, {
    taskId: cast.task(2),
    by: { id: cast.cora, role: 'coordinator', organizationId: cast.council },
  });

  it.each([
    ['a Task that a coordinator made', reopenedByCouncil, callers.dana],
    ['a colleague’s Task', histories.sent, callers.hugo],
    ['one that went out', histories.received, callers.dana],
  ] as const)('is the whole sending organization’s until the packet is opened: %s [W14]', (_name, history, caller) => {
    if (history === histories.received) {
      act(history, caller, 'mark-error', wrong).thenRefused({ code: 'illegal-move' });
      return;
    }
    expect(act(history, caller, 'mark-error', wrong).decision.kind).toBe('accepted');
  });

  it('is the privacy officer’s once the coordinating organization has opened it, too [W14]', () => {
    const read = histories.sent.opened(cast.council);
    act(read, callers.dana, 'mark-error', wrong).thenRefused({ code: 'illegal-move' });
    expect(act(read, callers.olga, 'mark-error', wrong).decision).toMatchObject({
      events: expect.arrayContaining([expect.objectContaining({ disclosed: true })]),
    });
  });
});

describe('an outcome', () => {
  const outputs = [{ kind: 'other' as const, at: histories.accepted.now }];

  it('belongs to the need, and the legal moves say which do [W4]', () => {
    for (const outcome of outcomes) {
      const { decision } = act(histories.accepted, callers.ines, 'complete', { data: { outcome, outputs } });
      const belongs = ['housed', 'placed-in-shelter', 'service-provided', 'partly-provided'].includes(outcome);
      expect([outcome, decision.kind]).toEqual([outcome, belongs ? 'accepted' : 'refused']);
    }
    act(histories.accepted, callers.ines, 'complete', { data: { outcome: 'employed', outputs } }).thenRefused({
      ...{ code: 'invalid', errors: [{ field: 'outcome', message: 'employed is no outcome of housing' }] },
    });
    const state = fold({ evolve }, histories.accepted.events) as ReferralState;
    const known = { now: histories.accepted.now, policy: defaultPolicy() };
    const moves = legalMoves(state, histories.accepted.taskId, callers.ines, known);
    expect(moves.find(({ action }) => action === 'complete')?.outcomes).toEqual(outcomesOf('housing'));
  });

  it.each([...needs])('of %s is one of its own, or what any service may give [W4]', (need: Need) => {
    expect(outcomesOf(need)).toEqual(expect.arrayContaining(['service-provided', 'partly-provided']));
    const others = needs.filter((each) => each !== need).flatMap((each) => [...outcomesOf(each)]);
    expect(outcomes).toEqual(expect.arrayContaining([...outcomesOf(need), ...others]));
  });
});

describe('attempts to reach the client', () => {
  const { now } = histories.accepted;
  const phone = { kind: 'contact-attempted', channel: 'phone', reached: false } as const;
  const progress = (at: string, more: Partial<TaskActionData> = {}): { data: TaskActionData } => ({
    data: { ...phone, at, ...more },
  });
  const gone = { data: { reason: 'unable-to-contact' as const } };

  it.each([
    ['more than a clock may differ before the acceptance', -minute - 1],
    ['before the referral existed', -400 * day],
    ['two minutes ahead', 120_000],
    ['a year ahead', 365 * day],
  ])('are refused from %s [W2]', (_name, by) => {
    const outcome = act(histories.accepted, callers.ines, 'progress', progress(plus(now, by)));
    outcome.thenRefused({ code: 'invalid', errors: [{ field: 'at' }] as never });
  });

  it.each(['interim', 'no-show', 'enrolled'] as const)(
    'as any %s, are of the past and of this referral [W2]',
    (kind) => {
      for (const at of [plus(now, -day), plus(now, day)]) {
        act(histories.accepted, callers.ines, 'progress', { data: { kind, at } }).thenRefused({ code: 'invalid' });
      }
    },
  );

  it('are no appointment, which may lie ahead [W2]', () => {
    const data = { kind: 'appointment-booked' as const, at: plus(now, 9 * day) };
    expect(act(histories.accepted, callers.ines, 'progress', { data }).decision.kind).toBe('accepted');
  });

  it('span the days between the first and the last, not the days since [W2]', () => {
    const inOneSitting = histories.accepted
      .progressed('contact-attempted', { channel: 'phone', reached: false, first: true })
      .progressed('contact-attempted', { channel: 'sms', reached: false })
      .wait({ days: 0.01 })
      .progressed('contact-attempted', { channel: 'letter', reached: false })
      .wait({ days: 30 });
    act(inOneSitting, callers.ines, 'not-complete', gone).thenRefused({
      ...{ code: 'guard', guard: 'contactAttemptsMet' },
      facts: { count: 3, channels: 3, days: 0, neededCount: 3, neededChannels: 2, neededDays: 5 },
    });
    const again = inOneSitting.progressed('contact-attempted', { channel: 'phone', reached: false });
    expect(act(again, callers.ines, 'not-complete', gone).decision.kind).toBe('accepted');
  });

  it('that are reported again count once [W2]', () => {
    const twice = histories.accepted
      .progressed('contact-attempted', { channel: 'phone', reached: false, first: true })
      .progressed('contact-attempted', { channel: 'phone', reached: false });
    const [task] = (fold({ evolve }, twice.events) as ReferralState).tasks;
    expect(task?.attempts).toMatchObject({ count: 1, channels: ['phone'] });
  });
});

describe('a service that takes nobody', () => {
  const closed = { ...services.harborBeds, openness: 'closed' as const };
  const elsewhere = { ...services.openDoorHomes, openness: 'closed' as const };
  const refusal = { code: 'guard' as const, guard: 'serviceIsOpen' };

  const again = { reason: 'service-discontinued' as const };
  const onward = { reason: 'no-capacity' as const, healthcareServiceId: cast.openDoorHomes };
  const consent = consenting();

  it.each([
    ['a draft', 'send', histories.draft, { facts: { service: closed, consent } }],
    ['a draft without consent', 'send', histories.draft, { facts: { service: closed, consent: null } }],
    ['what waits', 'send', histories['awaiting-consent'], { facts: { service: closed, consent } }],
    ['once more', 'reopen', histories.declined, { data: again, facts: { service: closed } }],
    [
      ...(['again', 'reopen', histories.declined] as const),
      { data: { ...again, healthcareServiceId: cast.openDoorHomes }, facts: { service: elsewhere } },
    ],
    ['onward', 'redirect', histories.received, { data: onward, facts: { service: elsewhere, consent } }],
  ] as const)('is sent nobody: %s [W7]', (_name, action, history, asked) => {
    const { healthcareServiceId } = asked.facts.service;
    const caller = action === 'redirect' ? callers.ines : callers.dana;
    act(history, caller, action, asked).thenRefused({
      ...refusal,
      facts: { healthcareServiceId, openness: 'closed' },
    });
  });

  it('with a waiting list may be sent to [W7]', () => {
    const service = { ...services.harborBeds, openness: 'waitlist' as const };
    expect(
      act(histories.draft, callers.dana, 'send', { facts: { service, consent: consenting() } }).decision.kind,
    ).toBe('accepted');
  });
});
