import { describe, it } from '@jest/globals';
import { NeedAdded, ReferralCreated, TaskDrafted } from '#contracts';
import { callers, cast, factsAt, histories, specification, storyStart, type WhenResult } from '#decider/testing';
import { evolve, type AnyReferralEvent, type FirstOffer, type NewNeedData, type Policy } from '../referral.ts';
import { decide } from '../testing/decide.ts';
import { defaultPolicy } from '../timer/timer-policy.ts';

const given = specification({ decide, evolve });
const { referral: referralId, housing: serviceRequestId } = cast;
const several = { offer: 'first-accept' } as const;
const single = { offer: 'single' } as const;

const beds: FirstOffer = {
  ...{ taskId: cast.task(1), healthcareServiceId: cast.harborBeds, recipientOrganizationId: cast.harbor },
};
const homes: FirstOffer = {
  ...{ taskId: cast.task(2), healthcareServiceId: cast.openDoorHomes, recipientOrganizationId: cast.openDoor },
};
const pool: FirstOffer = { taskId: cast.task(3), healthcareServiceId: null, recipientOrganizationId: null };

const referral = {
  ...{ referralId, clientId: cast.client, senderOrganizationId: cast.hospital, networkId: cast.network },
  priority: 'routine',
} as const;
const need = (...offers: readonly FirstOffer[]): NewNeedData => ({
  ...{ serviceRequestId, need: 'housing', areaId: cast.north },
  offers,
});

function create(policy: Partial<Policy>, ...offers: readonly FirstOffer[]): WhenResult<AnyReferralEvent> {
  const command = { type: 'create-referral', ...referral, needs: [need(...offers)], caller: callers.dana } as const;
  return given([]).when(command, factsAt(storyStart, defaultPolicy(policy), {}));
}

describe('the offers that a new need begins with', () => {
  const created = [
    ReferralCreated.of(referral),
    NeedAdded.of({ referralId, serviceRequestId, need: 'housing', areaId: cast.north }),
  ];
  const drafted = { referralId, serviceRequestId, need: 'housing', assignment: 'directed' } as const;

  it('are a draft each, to several organizations or to the pool', () => {
    create(several, beds, homes).then([
      ...created,
      ...[TaskDrafted.of({ ...drafted, ...beds }), TaskDrafted.of({ ...drafted, ...homes })],
    ]);
    create(single, pool).then([...created, TaskDrafted.of({ ...drafted, assignment: 'pool', taskId: pool.taskId })]);
  });

  it('are one where the network asks one organization at a time', () => {
    create(single, beds, homes).thenRefused({
      ...{ code: 'guard', guard: 'noOtherOpenTask', facts: { serviceRequestId, offers: 2 } },
    });
    const { now, events } = histories.draft;
    const command = { ...need(beds, homes), serviceRequestId: cast.health, caller: callers.dana };
    given(events)
      .when({ ...command, type: 'add-need' }, factsAt(now, defaultPolicy(single), {}))
      .thenRefused({
        ...{ code: 'guard', guard: 'noOtherOpenTask', facts: { serviceRequestId: cast.health, offers: 2 } },
      });
  });

  it('are to different organizations', () => {
    create(several, beds, { ...beds, taskId: cast.task(2) }).thenRefused({
      ...{ code: 'guard', guard: 'noOpenTaskForOrganization' },
      facts: { serviceRequestId, recipientOrganizationId: cast.harbor },
    });
  });
});
