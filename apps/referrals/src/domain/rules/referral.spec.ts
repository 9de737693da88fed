import { describe, expect, it } from '@jest/globals';
import {
  NeedAdded,
  NeedSettled,
  PacketOpened,
  ReferralClosed,
  ReferralCreated,
  ReferralReopened,
  TaskDrafted,
  TaskWithdrawalRequested,
  TaskWithdrawn,
  type ReasonCode,
} from '#contracts';
import {
  callers,
  cast,
  factsAt,
  fold,
  idOf,
  ReferralHistory,
  services,
  specification,
  histories,
  storyStart,
  type AskingPerson,
  type WhenResult,
} from '#decider/testing';
import {
  evolve,
  type AnyReferralEvent,
  type CreateReferral,
  type Facts,
  type OpenPacket,
  type Policy,
  type ReferralCommand,
} from '../referral.ts';
import { decide } from '../testing/decide.ts';
import { day, plus } from '../model/instant.ts';
import { defaultPolicy } from '../timer/timer-policy.ts';

type Without<T> = T extends unknown ? Omit<T, 'caller'> : never;

const given = specification({ decide, evolve });
const { referral: referralId, housing: serviceRequestId } = cast;

function ask(
  history: ReferralHistory | null,
  caller: AskingPerson,
  command: Without<ReferralCommand>,
  more: Partial<Facts> = {},
  policy: Partial<Policy> = {},
): WhenResult<AnyReferralEvent> {
  const facts = factsAt(history?.now ?? storyStart, defaultPolicy(policy), more);
  return given(history?.events ?? []).when({ ...command, caller }, facts);
}

const offerTwo = { type: 'offer-need', serviceRequestId, taskId: cast.task(2), pool: false } as const;
const openDoor = { service: services.openDoorHomes };

describe('a new referral', () => {
  const task = {
    ...{ taskId: cast.task(1), healthcareServiceId: cast.harborBeds, recipientOrganizationId: cast.harbor },
  };
  const command: CreateReferral = {
    ...{ type: 'create-referral', referralId, clientId: cast.client, senderOrganizationId: cast.hospital },
    ...{ networkId: cast.network, priority: 'routine', neededBy: plus(storyStart, 4 * day) },
    needs: [
      { serviceRequestId, need: 'housing', areaId: cast.north, offers: [task] },
      { serviceRequestId: cast.health, need: 'mental-health', areaId: cast.north },
    ],
  } as const;
  const added = NeedAdded.of({ referralId, serviceRequestId, need: 'housing', areaId: cast.north });

  it('is its needs, and a draft for each that names a service', () => {
    const { type: _type, needs: _needs, ...fields } = command;
    ask(null, callers.dana, command).then([
      ReferralCreated.of(fields),
      added,
      NeedAdded.of({ ...added, serviceRequestId: cast.health, need: 'mental-health' }),
      TaskDrafted.of({ referralId, serviceRequestId, need: 'housing', assignment: 'directed', ...task }),
    ]);
  });

  it('may come from the hospital’s own system, and from nobody else', () => {
    ask(null, callers.ehr, command).thenTypes([
      'referral.created',
      'referral.need.added',
      'referral.need.added',
      'referral.task.drafted',
    ]);
    ask(null, callers.hugo, command).thenRefused({ code: 'role' });
    ask(null, { ...callers.dana, organizationId: cast.harbor }, command).thenRefused({ code: 'role' });
    ask(histories.draft, callers.dana, command).thenRefused({ code: 'guard', guard: 'referralIsNew' });
  });

  it('can be given another need, which opens it again', () => {
    const more = {
      type: 'add-need',
      serviceRequestId: cast.health,
      need: 'mental-health',
      areaId: cast.south,
    } as const;
    const { type: _type, ...fields } = more;
    const closed = histories.completed;
    ask(closed, callers.hugo, more).then([
      NeedAdded.of({ referralId, ...fields }),
      ReferralReopened.of({ referralId }),
    ]);
    ask(histories.draft, callers.cora, more).thenRefused({ code: 'role' });
  });

  it('is not there for a command that comes before it', () => {
    ask(null, callers.dana, offerTwo).thenRefused({ code: 'not-found', noun: 'referral' });
    ask(histories.draft, callers.dana, { ...offerTwo, serviceRequestId: cast.health }).thenRefused({
      ...{ code: 'not-found', noun: 'service-request', id: cast.health },
    });
    const act = { type: 'task', taskId: cast.task(9), action: 'send', data: {} } as const;
    ask(histories.draft, callers.dana, act).thenRefused({ code: 'not-found', noun: 'task', id: cast.task(9) });
  });
});

describe('an offer of a need', () => {
  const drafted = TaskDrafted.of({
    ...{ referralId, serviceRequestId, taskId: cast.task(2), need: 'housing', assignment: 'directed' },
    ...{ healthcareServiceId: cast.openDoorHomes, recipientOrganizationId: cast.openDoor },
  });

  it('is a draft; several may be open only where the network lets several agencies be asked', () => {
    ask(histories.declined, callers.cora, offerTwo, openDoor).then([drafted]);
    ask(histories.received, callers.dana, offerTwo, openDoor, { offer: 'first-accept' }).then([drafted]);
    ask(histories.received, callers.dana, offerTwo, openDoor).thenRefused({
      ...{ code: 'guard', guard: 'noOtherOpenTask', facts: { openTaskId: cast.task(1) } },
    });
  });

  it('is not made twice to one agency while one is open', () => {
    const harbor = { service: services.harborBeds };
    ask(histories.received, callers.dana, offerTwo, harbor, { offer: 'first-accept' }).thenRefused({
      ...{ code: 'guard', guard: 'noOpenTaskForOrganization', facts: { openTaskId: cast.task(1) } },
    });
  });

  it('may go to the pool, and puts a settled need back in play', () => {
    const settled = histories.declined.settled('unmet', 'no-capacity').closed(0, 1);
    ask(settled, callers.dana, { ...offerTwo, pool: true }).then([
      TaskDrafted.of({ referralId, serviceRequestId, taskId: cast.task(2), need: 'housing', assignment: 'pool' }),
      NeedSettled.of({ referralId, serviceRequestId, result: 'in-play' }),
      ReferralReopened.of({ referralId }),
    ]);
  });

  it('is refused to agencies, to a service that is unknown, and to one of another need', () => {
    ask(histories.declined, callers.ines, offerTwo, openDoor).thenRefused({ code: 'role' });
    ask(histories.declined, callers.dana, offerTwo, { service: null }).thenRefused({ code: 'invalid' });
    ask(histories.declined, callers.dana, offerTwo, { service: services.lakesideClinic }).thenRefused({
      ...{ code: 'guard', guard: 'serviceServesNeed', facts: { need: 'housing', serves: 'mental-health' } },
    });
  });
});

describe('the roll-up of needs and referral', () => {
  const bothNeeds = ReferralHistory.created().needing('mental-health').needing('housing');
  const settle = (reason: ReasonCode) => ({ type: 'settle-need', serviceRequestId, reason }) as const;
  const closedUnmet = ReferralClosed.of({
    ...{ referralId, closeCode: 'closed-without-service', metCount: 0, partlyMetCount: 0, unmetCount: 1 },
  });

  it('settles by hand what waits for another agency, with the reason', () => {
    ask(histories.declined, callers.dana, settle('no-capacity')).then([
      NeedSettled.of({ referralId, serviceRequestId, result: 'unmet', reason: 'no-capacity', byHand: true }),
      closedUnmet,
    ]);
  });

  it('is refused while a Task is open, when it is settled, for another reason, and to others', () => {
    ask(histories.sent, callers.dana, settle('no-capacity')).thenRefused({
      ...{ code: 'guard', guard: 'noOpenTask', facts: { openTaskId: cast.task(1) } },
    });
    ask(histories.declined.settled('unmet', 'other'), callers.cora, settle('duplicate')).thenRefused({
      ...{ code: 'guard', guard: 'needIsInPlay', facts: { result: 'unmet' } },
    });
    ask(histories.declined, callers.dana, settle('not-picked')).thenRefused({ code: 'invalid' });
    ask(histories.declined, callers.ines, settle('no-capacity')).thenRefused({ code: 'role' });
  });

  it('closes only when every need is settled, and says how many were met', () => {
    const two = bothNeeds.drafted().sent().accepted().completed().settled('met');
    const { events, now } = two;
    ask(two, callers.dana, { ...settle('moved-away'), serviceRequestId: cast.health }).then([
      NeedSettled.of({
        ...{ referralId, serviceRequestId: cast.health, result: 'unmet', reason: 'moved-away', byHand: true },
      }),
      ReferralClosed.of({
        ...{ referralId, closeCode: 'closed-with-service', metCount: 1, partlyMetCount: 0, unmetCount: 1 },
      }),
    ]);
    const other = { type: 'task', action: 'reopen', data: { reason: 'other', hasNote: true } } as const;
    given(events)
      .when({ ...other, taskId: cast.task(1), caller: callers.dana }, factsAt(now, defaultPolicy(), {}))
      .thenTypes(['referral.task.reopened', 'referral.task.drafted', 'referral.need.settled']);
  });

  it('keeps a need in play while another agency is looked for', () => {
    const state = fold({ evolve }, histories.declined.events);
    expect(state?.needs).toMatchObject([{ result: 'in-play', rerouteAfterTaskId: cast.task(1) }]);
    expect(state?.closed).toBeNull();
  });
});

describe('the withdrawal of a whole referral', () => {
  const withdraw = (reason: ReasonCode) => ({ type: 'withdraw-referral', reason, hasNote: true }) as const;
  const second = histories.accepted
    .needing('mental-health')
    .drafted({ organization: cast.lakeside, service: cast.lakesideClinic }, { taskId: cast.task(2) });
  const requested = TaskWithdrawalRequested.of({
    ...{ referralId, serviceRequestId, taskId: cast.task(1), reason: 'duplicate', requestedBy: 'coordinator' },
    effectiveAt: plus(second.now, 2 * day),
  });
  const withdrawn = TaskWithdrawn.of({
    ...{ referralId, serviceRequestId: cast.health, taskId: cast.task(2), reason: 'duplicate', by: 'coordinator' },
  });

  it('ends what nobody answered, and asks back what an agency took on', () => {
    ask(second, callers.cora, withdraw('duplicate')).then([
      requested,
      withdrawn,
      NeedSettled.of({ referralId, serviceRequestId: cast.health, result: 'unmet', reason: 'duplicate' }),
    ]);
  });

  it('ends everything at once when the client died', () => {
    ask(second, callers.dana, withdraw('deceased')).thenTypes([
      ...(['referral.access.ended', 'referral.task.withdrawn', 'referral.task.withdrawn'] as const),
      'referral.client.died',
      'referral.need.settled',
      'referral.need.settled',
      'referral.closed',
    ]);
  });

  it('settles needs that nobody has, so that the referral closes', () => {
    ask(histories.declined, callers.dana, withdraw('other')).thenTypes(['referral.need.settled', 'referral.closed']);
    ask(histories.sent, callers.dana, withdraw('other')).thenTypes([
      'referral.access.ended',
      'referral.task.withdrawn',
      'referral.need.settled',
      'referral.closed',
    ]);
  });

  it('is refused when nothing is left to withdraw, for another reason, and to agencies', () => {
    const over = histories.completed;
    ask(over, callers.dana, withdraw('other')).thenRefused({ code: 'illegal-move', state: 'closed' });
    ask(histories['accepted, withdrawal asked'], callers.dana, withdraw('other')).thenRefused({ code: 'illegal-move' });
    ask(second, callers.dana, withdraw('no-capacity')).thenRefused({ code: 'invalid' });
    ask(second, callers.ines, withdraw('other')).thenRefused({ code: 'role' });
  });
});

describe('the door to the packet', () => {
  const opening: OpenPacket = {
    ...{ type: 'open-packet', taskId: cast.task(1), direction: 'send', disclosureId: idOf('f', 1) },
    ...{ readerOrganizationId: cast.harbor, purpose: 'care-coordination' },
    ...{ categories: ['core-contact'], consentIds: [cast.consent], noticeCodes: [] },
  } as const;
  const { type: _type, readerOrganizationId: _reader, ...fields } = opening;
  const opened = PacketOpened.of({
    ...{ ...fields, referralId, clientId: cast.client, first: true, readerId: cast.ines },
    ...{ fromOrganizationId: cast.hospital, toOrganizationId: cast.harbor },
  });

  it('is open to an organization that has access; each opening is a fact, the first is marked', () => {
    ask(histories.sent, callers.ines, opening).then([opened]);
    ask(histories['sent, opened'], callers.ines, opening).then([PacketOpened.of({ ...opened, first: false })]);
  });

  it('is shut where access ended, or was never given', () => {
    const why = { code: 'guard', guard: 'accessIsOpen' } as const;
    ask(histories.suspended, callers.ines, opening).thenRefused(why);
    ask(histories.sent, callers.ivan, { ...opening, readerOrganizationId: cast.openDoor }).thenRefused(why);
    ask(histories.sent, callers.ines, { ...opening, readerOrganizationId: cast.openDoor }).thenRefused({
      code: 'role',
    });
  });

  it('opens towards the sender only where the client opted in to outcome detail', () => {
    const back = { ...opening, direction: 'return', readerOrganizationId: cast.hospital } as const;
    ask(histories.completed, callers.dana, back).then([
      PacketOpened.of({
        ...{ ...opened, direction: 'return', readerId: cast.dana },
        ...{ fromOrganizationId: cast.harbor, toOrganizationId: cast.hospital },
      }),
    ]);
    const status = ReferralHistory.drafted().sent({ returnPath: 'status' }).received().accepted().completed();
    ask(status, callers.dana, back).thenRefused({
      ...{ code: 'guard', guard: 'returnPathIsOutcome', facts: { returnPath: 'status' } },
    });
  });
});
