import { describe, it } from '@jest/globals';
import {
  AccessGranted,
  TaskConsentAwaited,
  TaskInfoReplied,
  TaskInfoRequested,
  TaskReceived,
  TaskSent,
  type TaskAction,
} from '#contracts';
import {
  callers,
  cast,
  consenting,
  factsAt,
  idOf,
  ReferralHistory,
  services,
  specification,
  histories,
  type AskingPerson,
  type WhenResult,
} from '#decider/testing';
import { evolve, type AnyReferralEvent, type Facts, type TaskActionData } from '../referral.ts';
import { decide } from '../testing/decide.ts';
import { day, hour, plus, minute } from '../model/instant.ts';
import { defaultPolicy } from '../timer/timer-policy.ts';

const given = specification({ decide, evolve });
const harbor = { service: services.harborBeds, consent: consenting() };
const ids = { referralId: cast.referral, taskId: cast.task(1), serviceRequestId: cast.housing };

function act(
  history: ReferralHistory,
  caller: AskingPerson,
  action: TaskAction,
  data: TaskActionData = {},
  more: Partial<Facts> = {},
): WhenResult<AnyReferralEvent> {
  const facts = factsAt(history.now, defaultPolicy(), more);
  return given(history.events).when({ type: 'task', taskId: history.taskId, action, data, caller }, facts);
}

describe('row 1: send without consent', () => {
  const awaited = TaskConsentAwaited.of({
    ...ids,
    clientId: cast.client,
    recipientOrganizationId: cast.harbor,
    categories: ['core-contact', 'stated-need'],
    purpose: 'care-coordination',
  });

  it('asks for consent to every category the service requires, and nothing leaves', () => {
    act(histories.draft, callers.dana, 'send', {}, { service: services.harborBeds, consent: null }).then([awaited]);
  });

  it('asks also where consent names one required category and not the other', () => {
    const consent = consenting(['core-contact', 'functional-needs']);
    act(histories.draft, callers.cora, 'send', {}, { service: services.harborBeds, consent }).then([awaited]);
  });

  it('is refused for a service that is not active, before anybody is asked for consent', () => {
    const service = { ...services.harborBeds, active: false };
    act(histories.draft, callers.dana, 'send', {}, { service, consent: null }).thenRefused({
      ...{ code: 'guard', guard: 'serviceIsActive', facts: { healthcareServiceId: cast.harborBeds } },
      ...{ state: 'draft', version: 3 },
    });
  });

  it('stays as it is when asked again: consent is still missing', () => {
    const again = act(histories['awaiting-consent'], callers.dana, 'send', {}, { ...harbor, consent: null });
    again.thenRefused({
      ...{ code: 'guard', guard: 'consentCoversRecipient', state: 'awaiting-consent' },
      facts: { recipientOrganizationId: cast.harbor, missing: ['core-contact', 'stated-need'] },
    });
  });
});

describe('row 2: send with consent', () => {
  const granted = AccessGranted.of({
    ...{ referralId: cast.referral, accessId: idOf('e', 1), taskId: cast.task(1), clientId: cast.client },
    ...{ fromOrganizationId: cast.hospital, toOrganizationId: cast.harbor, noticeCodes: [] },
    categories: ['core-contact', 'stated-need', 'functional-needs'],
    purpose: 'care-coordination',
    consentIds: [cast.consent],
  });
  const sent = TaskSent.of({
    ...ids,
    ...{ need: 'housing', senderOrganizationId: cast.hospital, recipientOrganizationId: cast.harbor },
    ...{ healthcareServiceId: cast.harborBeds, priority: 'routine', returnPath: 'outcome', round: 0 },
    acknowledgeBy: plus(histories.draft.now, 3 * day),
    deliverBy: plus(histories.draft.now, 15 * minute),
  });

  it('gives the agency access, and only then tells it', () => {
    act(histories.draft, callers.dana, 'send', {}, harbor).then([granted, sent]);
  });

  it('gives access to no more than the template asks for, whatever consent allows', () => {
    const consent = consenting(['core-contact', 'stated-need', 'mental-health', 'immigration']);
    act(histories.draft, callers.dana, 'send', {}, { ...harbor, consent }).then([
      AccessGranted.of({ ...granted, categories: ['core-contact', 'stated-need'] }),
      sent,
    ]);
  });

  it('gives the coordinating organization access of its own where consent names it', () => {
    const facts = { ...harbor, coordinatingOrganizationId: cast.council, coordinatorConsent: consenting() };
    act(histories.draft, callers.dana, 'send', {}, facts).then([
      granted,
      AccessGranted.of({ ...granted, accessId: idOf('e', 2), toOrganizationId: cast.council }),
      sent,
    ]);
  });

  it('carries the Part 2 notice with substance-use records', () => {
    const service = { ...services.harborBeds, asked: ['substance-use' as const] };
    const consent = consenting(['core-contact', 'stated-need', 'substance-use']);
    act(histories.draft, callers.dana, 'send', {}, { service, consent }).then([
      AccessGranted.of({ ...granted, categories: consent.categories, noticeCodes: ['part-2-2.32'] }),
      sent,
    ]);
  });

  it('is due sooner where it is urgent', () => {
    const urgent = ReferralHistory.drafted({ priority: 'urgent' });
    act(urgent, callers.dana, 'send', {}, harbor).then([
      granted,
      TaskSent.of({
        ...sent,
        priority: 'urgent',
        acknowledgeBy: plus(urgent.now, 4 * hour),
        deliverBy: plus(urgent.now, 5 * minute),
      }),
    ]);
  });

  it('is done by the platform once consent is there, as the sender has asked', () => {
    const history = histories['awaiting-consent'];
    const facts = factsAt(history.now, defaultPolicy(), harbor);
    given(history.events)
      .when({ type: 'review-consent', taskId: history.taskId, caller: callers.system }, facts)
      .then([granted, sent]);
  });

  it('is refused by a view of consent that nobody knows to be fresh', () => {
    const consent = { ...consenting(), fresh: false };
    act(histories.draft, callers.dana, 'send', {}, { ...harbor, consent }).thenRefused({
      ...{ code: 'guard', guard: 'consentViewIsFresh', facts: {} },
    });
  });

  it.each([
    ['of another need', { need: 'food' as const }, 'serviceServesNeed', { need: 'housing', serves: 'food' }],
    [
      'of a closed organization',
      { organizationActive: false },
      'serviceIsActive',
      { healthcareServiceId: cast.harborBeds },
    ],
    ['that does not serve the area', { areaIds: [cast.south] }, 'areaIsServed', { areaId: cast.north }],
  ])('is refused to a service %s', (_name, change, guard, facts) => {
    const service = { ...services.harborBeds, ...change };
    act(histories.draft, callers.dana, 'send', {}, { ...harbor, service }).thenRefused({ code: 'guard', guard, facts });
  });

  it('is refused to a service that the directory does not know', () => {
    act(histories.draft, callers.dana, 'send', {}, { ...harbor, service: null }).thenRefused({
      ...{ code: 'guard', guard: 'serviceServesNeed', facts: { need: 'housing', serves: null } },
    });
  });

  it('is refused when it was sent already, and to everybody who is not the sender or a coordinator', () => {
    act(histories.sent, callers.dana, 'send', {}, harbor).thenRefused({ code: 'illegal-move', state: 'sent' });
    act(histories.draft, callers.ines, 'send', {}, harbor).thenRefused({ code: 'role', legalMoves: [] });
  });
});

describe('row 3: acknowledge', () => {
  it('tells that the agency has it, and starts the time to respond', () => {
    act(histories.sent, callers.ines, 'acknowledge').then([
      TaskReceived.of({ ...ids, respondBy: plus(histories.sent.now, 5 * day) }),
    ]);
  });

  it('is refused to an agency that the Task was not sent to, and when repeated', () => {
    act(histories.sent, callers.iris, 'acknowledge').thenRefused({ code: 'role', legalMoves: [] });
    act(histories.received, callers.abel, 'acknowledge').thenRefused({ code: 'illegal-move', state: 'received' });
  });
});

describe('row 4: ask', () => {
  const question = { messageId: cast.message(1) };

  it('starts the time to reply; the question itself stays with the shell', () => {
    act(histories.received, callers.ines, 'ask', question).then([
      TaskInfoRequested.of({ ...ids, ...question, replyBy: plus(histories.received.now, 2 * day) }),
    ]);
  });

  it('counts as acknowledged where nobody did that before', () => {
    act(histories.sent, callers.ines, 'ask', question).then([
      TaskInfoRequested.of({
        ...ids,
        ...question,
        replyBy: plus(histories.sent.now, 2 * day),
        respondBy: plus(histories.sent.now, 5 * day),
      }),
    ]);
  });

  it('is refused without a question, and while one is open', () => {
    act(histories.received, callers.ines, 'ask').thenRefused({
      ...{ code: 'invalid', errors: [{ field: 'question', message: 'question is needed to ask' }] },
    });
    act(histories['info-requested'], callers.ines, 'ask', question).thenRefused({ code: 'illegal-move' });
  });
});

describe('row 5: reply', () => {
  const reply = { messageId: cast.message(2) };

  it('gives the agency the time back that the question took', () => {
    const asked = histories.received.wait({ days: 1 }).asked().wait({ hours: 6 });
    act(asked, callers.dana, 'reply', reply).then([
      TaskInfoReplied.of({ ...ids, ...reply, respondBy: plus(histories.received.now, 5 * day + 6 * hour) }),
    ]);
  });

  it('is refused to the agency itself, without words, and when there is no question', () => {
    act(histories['info-requested'], callers.ines, 'reply', reply).thenRefused({ code: 'role' });
    act(histories['info-requested'], callers.dana, 'reply').thenRefused({ code: 'invalid' });
    act(histories.received, callers.dana, 'reply', reply).thenRefused({ code: 'illegal-move', state: 'received' });
  });
});
