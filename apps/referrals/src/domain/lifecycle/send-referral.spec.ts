import { describe, expect, it } from '@jest/globals';
import { callers, cast, consenting, factsAt, services, storyStart, type AskingPerson } from '#decider/testing';
import fc from 'fast-check';
import {
  decideAndFold,
  type Decided,
  type FactsOfSending,
  type FirstOffer,
  type ReferralState,
  type ServiceFact,
  type TaskRow,
} from '../referral.ts';
import { completed } from '../testing/decide.ts';
import { defaultPolicy } from '../timer/timer-policy.ts';

const policy = defaultPolicy({ offer: 'first-accept' });
const facts = completed(factsAt(storyStart, policy, {}));
const place = {
  version: 0,
  actor: { id: cast.dana, role: 'discharge-planner', organizationId: cast.hospital },
} as const;

/** A draft whose recipient consent covers or not, whose service is closed, or of a pool that no agency is eligible for. */
type Draft = 'covered' | 'uncovered' | 'closed' | 'nobody';
const kinds: readonly Draft[] = ['covered', 'uncovered', 'closed', 'nobody'];
const becomes = { covered: 'sent', uncovered: 'awaiting-consent', closed: 'draft', nobody: 'draft' } as const;

/** A referral of one need a draft. */
function drafted(drafts: readonly Draft[]): ReferralState {
  const offer = (each: Draft, index: number): FirstOffer => {
    const taskId = cast.task(index + 1);
    return each === 'nobody'
      ? { taskId, healthcareServiceId: null, recipientOrganizationId: null }
      : { taskId, healthcareServiceId: cast.harborBeds, recipientOrganizationId: cast.harbor };
  };
  const needs = drafts.map((each, index) => ({
    ...({
      serviceRequestId: `${cast.housing.slice(0, -2)}${10 + index}`,
      need: 'housing',
      areaId: cast.north,
    } as const),
    offers: [offer(each, index)],
  }));
  const decided = decideAndFold(
    null,
    {
      ...{ type: 'create-referral', referralId: cast.referral, clientId: cast.client, priority: 'routine' },
      ...{ senderOrganizationId: cast.hospital, networkId: cast.network, caller: callers.dana, needs },
    },
    facts,
    place,
  );
  if (decided.kind === 'refused') throw new Error(JSON.stringify(decided.refusal));
  return decided.state;
}

function ofSending(each: Draft): FactsOfSending {
  const closed: ServiceFact = { ...services.harborBeds, openness: 'closed' };
  return {
    ...{ consentExpiredAt: null, coordinatorConsent: null, coordinatorConsentExpiredAt: null },
    ...{ coordinatingOrganizationId: null, eligible: [] },
    service: each === 'nobody' ? null : each === 'closed' ? closed : services.harborBeds,
    consent: each === 'covered' ? consenting() : null,
  };
}

function send(state: ReferralState, drafts: readonly Draft[], caller: AskingPerson = callers.dana): Decided {
  const sendings = new Map(drafts.map((each, index) => [cast.task(index + 1), ofSending(each)]));
  return decideAndFold(state, { type: 'send-referral', caller }, { ...facts, sendings }, { ...place, version: 20 });
}

const statesOf = ({ tasks }: ReferralState): readonly TaskRow['state'][] => tasks.map((task) => task.state);

describe('a referral that is sent', () => {
  it('sends each draft by rows 1 and 2, and one that cannot be sent holds up no other', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...kinds), { minLength: 1, maxLength: 6 }), (drafts) => {
        const before = drafted(drafts);
        const decided = send(before, drafts);
        const possible = drafts.some((each) => becomes[each] !== 'draft');
        expect(decided.kind).toBe(possible ? 'accepted' : 'refused');
        if (decided.kind === 'refused') {
          const guard = drafts[0] === 'closed' ? 'serviceIsOpen' : 'someAgencyIsEligible';
          expect(decided.refusal).toMatchObject({ code: 'guard', guard, state: 'draft' });
          return;
        }
        expect(statesOf(decided.state)).toEqual(drafts.map((each) => becomes[each]));
        const granted = decided.events.filter(({ type }) => type === 'referral.access.granted');
        expect(granted).toHaveLength(drafts.filter((each) => each === 'covered').length);
        // What is sent already is not sent again, and what is left is refused only for its own reason.
        const again = send(decided.state, drafts);
        const left = drafts.filter((each) => becomes[each] === 'draft');
        expect(again.kind === 'accepted' ? again.events : 'refused').toEqual(left.length === 0 ? [] : 'refused');
      }),
    );
  });

  it('is the sender’s to send', () => {
    const state = drafted(['covered']);
    for (const caller of [callers.cora, callers.ines, callers.olga]) {
      expect(send(state, ['covered'], caller)).toMatchObject({ kind: 'refused', refusal: { code: 'role' } });
    }
    expect(send(state, ['covered'], callers.hugo).kind).toBe('accepted');
  });

  it('is not sent for a client who has died', () => {
    const sendings = new Map([[cast.task(1), ofSending('covered')]]);
    const died = { ...facts, clientDied: true, sendings };
    const command = { type: 'send-referral', caller: callers.dana } as const;
    expect(decideAndFold(drafted(['covered']), command, died, place)).toMatchObject({
      ...{ kind: 'refused', refusal: { code: 'guard', guard: 'clientIsAlive' } },
    });
  });
});
