import { describe, it } from '@jest/globals';
import {
  AccessEnded,
  AccessGranted,
  TaskAccepted,
  TaskDeclined,
  TaskDeclineProposed,
  TaskDeclineReturned,
  TaskPicked,
  TaskReturnPathChanged,
  TaskWithdrawn,
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
import { day, plus } from '../model/instant.ts';
import { defaultPolicy } from '../timer/timer-policy.ts';

const given = specification({ decide, evolve });
const ids = { referralId: cast.referral, taskId: cast.task(1), serviceRequestId: cast.housing };
const second = { ...ids, taskId: cast.task(2) };
const accessOf = (taskNumber: number, to: string): string =>
  idOf('d', taskNumber * 16 + Number.parseInt(to.slice(-2), 16));
const ended = (cause: 'declined' | 'redirected' | 'withdrawn', taskNumber = 1, to: string = cast.harbor): AccessEnded =>
  AccessEnded.of({
    ...{ referralId: cast.referral, taskId: cast.task(taskNumber), clientId: cast.client },
    ...{ accessId: accessOf(taskNumber, to), cause },
  });

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

const ines = { ownerId: cast.ines };
const owner = { personId: cast.ines, organizationId: cast.harbor, active: true };
const acceptedByInes = TaskAccepted.of({
  ...{ ...ids, ownerId: cast.ines, recipientOrganizationId: cast.harbor, claimed: false },
  firstContactBy: plus(histories.received.now, 2 * day),
  staleBy: plus(histories.received.now, 14 * day),
});
/** The same need offered to a second agency. */
const twoOffers = histories.received.drafted(
  { organization: cast.openDoor, service: cast.openDoorHomes },
  { taskId: cast.task(2) },
);

describe('row 6: accept', () => {
  it('names an owner and starts the time to first contact', () => {
    act(histories.received, callers.ines, 'accept', { data: ines, facts: { owner } }).then([acceptedByInes]);
  });

  it('may say by when', () => {
    const expectedBy = plus(histories.received.now, 9 * day);
    act(histories.sent, callers.abel, 'accept', { data: { ...ines, expectedBy }, facts: { owner } }).then([
      TaskAccepted.of({ ...acceptedByInes, expectedBy }),
    ]);
  });

  it.each([
    ['who is not active', { ...owner, active: false }],
    ['of another organization', { ...owner, organizationId: cast.openDoor }],
    ['whom nobody knows', null],
  ])('is refused with an owner %s', (_name, stranger) => {
    act(histories.received, callers.ines, 'accept', { data: ines, facts: { owner: stranger } }).thenRefused({
      ...{ code: 'guard', guard: 'ownerIsActive', facts: { ownerId: cast.ines, organizationId: cast.harbor } },
    });
  });

  it('is refused without an owner, and when it was accepted already', () => {
    act(histories.received, callers.ines, 'accept').thenRefused({
      ...{ code: 'invalid', errors: [{ field: 'ownerId', message: 'ownerId is needed to accept' }] },
    });
    act(histories.accepted, callers.abel, 'accept', { data: ines, facts: { owner } }).thenRefused({
      ...{ code: 'illegal-move', state: 'accepted' },
    });
  });

  it('ends what was offered to others where the first to accept has it', () => {
    const both = twoOffers.sent().on(cast.task(1), cast.harbor);
    act(both, callers.ines, 'accept', { data: ines, facts: { owner }, policy: { offer: 'first-accept' } }).then([
      acceptedByInes,
      ended('withdrawn', 2, cast.openDoor),
      TaskWithdrawn.of({ ...second, reason: 'another-agency-accepted', by: 'system' }),
    ]);
  });

  it('leaves the others where the sender picks', () => {
    const both = twoOffers.sent().on(cast.task(1), cast.harbor);
    act(both, callers.ines, 'accept', { data: ines, facts: { owner }, policy: { offer: 'confirm-one' } }).then([
      acceptedByInes,
    ]);
  });
});

describe('row 6: pick', () => {
  const both = twoOffers.sent().received().accepted().on(cast.task(1), cast.harbor).accepted();
  const policy = { offer: 'confirm-one' as const };

  it('takes one acceptance and ends the others, accepted or not', () => {
    act(both, callers.dana, 'pick', { policy }).then([
      TaskPicked.of(ids),
      ended('withdrawn', 2, cast.openDoor),
      TaskWithdrawn.of({ ...second, reason: 'not-picked', by: 'system' }),
    ]);
  });

  it('is refused under another policy, and when one was picked', () => {
    act(both, callers.dana, 'pick').thenRefused({
      ...{ code: 'guard', guard: 'policyAllowsPick', facts: { offer: 'single' } },
    });
    act(both.picked(), callers.cora, 'pick', { policy }).thenRefused({
      ...{ code: 'guard', guard: 'notPickedYet', facts: { taskId: cast.task(1) } },
    });
  });
});

describe('row 22: claim from the pool', () => {
  const entry = { ...services.openDoorHomes, consent: consenting(undefined, 'status') };
  const ivan = { personId: cast.ivan, organizationId: cast.openDoor, active: true };
  const claim = { data: { ownerId: cast.ivan }, facts: { owner: ivan, eligible: [entry] } };

  it('gives the claimer, and nobody else, access and what it may report back', () => {
    act(histories.pool, callers.ivan, 'accept', claim).then([
      AccessGranted.of({
        ...{ referralId: cast.referral, accessId: idOf('e', 1), taskId: cast.task(1), clientId: cast.client },
        ...{ fromOrganizationId: cast.hospital, toOrganizationId: cast.openDoor, noticeCodes: [] },
        categories: ['core-contact', 'stated-need', 'functional-needs'],
        purpose: 'care-coordination',
        consentIds: [cast.consent],
      }),
      TaskReturnPathChanged.of({ ...ids, returnPath: 'status' }),
      TaskAccepted.of({
        ...{ ...ids, ownerId: cast.ivan, recipientOrganizationId: cast.openDoor, claimed: true },
        healthcareServiceId: cast.openDoorHomes,
        firstContactBy: plus(histories.pool.now, 2 * day),
        staleBy: plus(histories.pool.now, 14 * day),
      }),
    ]);
  });

  it('is lost by the second writer, who hears that it is accepted and that nothing is left to do', () => {
    act(histories['pool, claimed'], callers.ivan, 'accept', claim).thenRefused({
      ...{ code: 'illegal-move', state: 'accepted', legalMoves: [] },
    });
  });

  it('is refused where consent no longer names the claimer', () => {
    const facts = { owner: ivan, eligible: [{ ...entry, consent: null }] };
    act(histories.pool, callers.ivan, 'accept', { ...claim, facts }).thenRefused({
      ...{ code: 'guard', guard: 'consentNamesClaimer', facts: { organizationId: cast.openDoor } },
    });
  });

  it('is refused to an agency that has an open Task of this need', () => {
    const alsoDirect = histories.pool
      .drafted({ organization: cast.openDoor, service: cast.openDoorHomes }, { taskId: cast.task(2) })
      .on(cast.task(1), null);
    act(alsoDirect, callers.ivan, 'accept', claim).thenRefused({
      ...{ code: 'guard', guard: 'noOpenTaskForOrganization', facts: { openTaskId: cast.task(2) } },
    });
  });

  it('is not seen by an agency that consent does not name', () => {
    act(histories.pool, callers.iris, 'accept', claim).thenRefused({ code: 'role', legalMoves: [] });
  });
});

describe('rows 7 and 16: decline', () => {
  const declined = TaskDeclined.of({
    ...{ ...ids, reason: 'no-capacity', hudResult: 3, afterAcceptance: false, reroute: true },
    parkUntil: plus(histories.received.now, 14 * day),
    rerouteBy: plus(histories.received.now, day),
  });
  const noCapacity = { data: { reason: 'no-capacity' as const } };

  it('cuts access, parks the agency and asks for another one', () => {
    act(histories.received, callers.ines, 'decline', noCapacity).then([ended('declined'), declined]);
  });

  it('says when the agency had accepted before', () => {
    act(histories['in-progress'], callers.ines, 'decline', noCapacity).then([
      ended('declined'),
      TaskDeclined.of({ ...declined, afterAcceptance: true }),
    ]);
  });

  it('settles the need, and closes the referral, where the client does not want it', () => {
    act(histories.received, callers.ines, 'decline', { data: { reason: 'client-declined' } }).thenTypes([
      'referral.access.ended',
      'referral.task.declined',
      'referral.need.settled',
      'referral.closed',
    ]);
  });

  it('is open to an agency whose access is suspended', () => {
    act(histories.suspended, callers.ines, 'decline', noCapacity).thenTypes(['referral.task.declined']);
  });

  it('answers a request to withdraw at once, review or not, and looks for nobody else where the client went', () => {
    const policy = { declineReview: true };
    act(histories['accepted, withdrawal asked'], callers.ines, 'decline', { ...noCapacity, policy }).thenTypes([
      'referral.access.ended',
      'referral.task.declined',
      'referral.need.settled',
      'referral.closed',
    ]);
  });

  it('needs words where the code says nothing, and a reason that is one for declining', () => {
    act(histories.received, callers.ines, 'decline', { data: { reason: 'other' } }).thenRefused({
      ...{
        code: 'invalid',
        errors: [{ field: 'note', message: 'other needs a note that says why', allowed: ['a text'] }],
      },
    });
    const reason = 'not-picked' as const;
    act(histories.received, callers.ines, 'decline', { data: { reason } }).thenRefused({ code: 'invalid' });
    act(histories.declined, callers.ines, 'decline', noCapacity).thenRefused({ code: 'illegal-move' });
  });
});

describe('rows 8 and 9: the review of a decline', () => {
  const policy = { declineReview: true };

  it('proposes first, with a time for the coordinator, where the network asks for it', () => {
    act(histories.received, callers.ines, 'decline', { data: { reason: 'no-capacity' }, policy }).then([
      TaskDeclineProposed.of({
        ...{ ...ids, reason: 'no-capacity', fromState: 'received', round: 0 },
        reviewBy: plus(histories.received.now, day),
      }),
    ]);
  });

  it('is a decline for the proposed reason once the coordinator approves', () => {
    act(histories['decline-review'], callers.cora, 'approve-decline').then([
      ended('declined'),
      TaskDeclined.of({
        ...{ ...ids, reason: 'no-capacity', hudResult: 3, afterAcceptance: false, reroute: true },
        parkUntil: plus(histories['decline-review'].now, 14 * day),
        rerouteBy: plus(histories['decline-review'].now, day),
      }),
    ]);
  });

  it('returns to the state before: sent back it is a round, taken back it is not', () => {
    act(histories['decline-review'], callers.cora, 'return-decline', { data: { hasNote: true } }).then([
      TaskDeclineReturned.of({ ...ids, toState: 'received', round: 1, takenBack: false }),
    ]);
    act(histories['decline-review'], callers.ines, 'take-back-decline').then([
      TaskDeclineReturned.of({ ...ids, toState: 'received', round: 0, takenBack: true }),
    ]);
  });

  it('can only be approved or taken back after two returned rounds', () => {
    const third = histories['decline-review, two rounds returned'];
    act(third, callers.cora, 'return-decline', { data: { hasNote: true } }).thenRefused({
      ...{ code: 'guard', guard: 'returnRoundsLeft', facts: { round: 2, rounds: 2 } },
    });
    act(third, callers.ines, 'take-back-decline').thenTypes(['referral.task.decline-returned']);
  });

  it('is refused when there is nothing under review, and to the agency that proposed it', () => {
    act(histories.received, callers.cora, 'approve-decline').thenRefused({ code: 'illegal-move', state: 'received' });
    act(histories['decline-review'], callers.ines, 'approve-decline').thenRefused({ code: 'role' });
    act(histories['decline-review'], callers.cora, 'return-decline').thenRefused({ code: 'invalid' });
  });
});
