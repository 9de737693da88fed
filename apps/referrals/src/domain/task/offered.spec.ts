import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { reasonsFor, type OfferPolicy, type TaskAction } from '#contracts';
import {
  callers,
  cast,
  consenting,
  factsAt,
  fold,
  idOf,
  services,
  historyNames,
  histories,
  type AskingPerson,
} from '#decider/testing';
import { evolve, type ReferralState, type TaskActionData } from '../referral.ts';
import { day, plus } from '../model/instant.ts';
import { defaultPolicy } from '../timer/timer-policy.ts';
import { completed } from '../testing/decide.ts';
import { legalMoves, moveTask, taskContextOf } from './task.ts';

describe('a move that is offered', () => {
  const state = (name: keyof typeof histories): ReferralState =>
    fold({ evolve }, histories[name].events) as ReferralState;

  it('is not the sending of a Task that waits for consent, unless consent is known to be there [W15]', () => {
    const { taskId, now } = histories['awaiting-consent'];
    const known = { now, policy: defaultPolicy() };
    const sending = { service: services.harborBeds, consent: consenting(), eligible: [] };
    const offered = (more: object): readonly string[] =>
      legalMoves(state('awaiting-consent'), taskId, callers.dana, { ...known, ...more }).map(({ action }) => action);
    expect(offered({})).not.toContain('send');
    expect(offered({ sending: { ...sending, consent: null } })).not.toContain('send');
    expect(offered({ sending })).toContain('send');
    expect(offered({ sending: { ...sending, service: { ...sending.service, active: false } } })).not.toContain('send');
  });

  const dataFor = (action: TaskAction, now: string, caller: AskingPerson): TaskActionData => ({
    ...{ reason: reasonsFor(action as 'decline').find((code) => code !== 'unable-to-contact') ?? 'other' },
    ...{ hasNote: true, messageId: idOf('b', 1), ownerId: caller.personId ?? cast.ines },
    ...{ kind: 'interim' as const, at: now, subState: 'waitlisted' as const, reviewOn: plus(now, day) },
    ...{ outcome: 'service-provided' as const, outputs: [{ kind: 'other' as const, at: now }] },
    healthcareServiceId: action === 'redirect' ? cast.openDoorHomes : cast.harborBeds,
  });

  it('succeeds, once it has what it needs, whatever is known [W15]', () => {
    const people = ['dana', 'hugo', 'olga', 'ehr', 'ines', 'abel', 'ivan', 'cora', 'otto'] as const;
    const cases = fc.record({
      name: fc.constantFrom(...historyNames),
      person: fc.constantFrom(...people),
      offer: fc.constantFrom<OfferPolicy>('single', 'first-accept', 'confirm-one'),
      covered: fc.boolean(),
      openness: fc.constantFrom('open', 'waitlist', 'closed'),
      days: fc.nat(60),
    });
    fc.assert(
      fc.property(cases, ({ name, person, offer, covered, openness, days }) => {
        const caller = callers[person];
        const now = plus(histories[name].now, days * day);
        const consent = covered ? consenting() : null;
        const service = { ...services.harborBeds, openness: openness as 'open' };
        const policy = defaultPolicy({ offer });
        const looked = factsAt(now, policy, {
          ...{ service, consent, eligible: [{ ...services.harborBeds, consent: consenting() }] },
          owner: { personId: caller.personId ?? '', organizationId: caller.organizationId ?? '', active: true },
        });
        const facts = completed(looked);
        const known = { now, policy, sending: facts };
        for (const { action } of legalMoves(state(name), histories[name].taskId, caller, known)) {
          const context = taskContextOf(state(name), histories[name].taskId, caller, known);
          if (context === undefined) throw new Error('no Task');
          // A person who names a service again is responsible for the choice.
          const named =
            action === 'redirect' || action === 'reopen'
              ? { ...facts, service: action === 'redirect' ? services.openDoorHomes : services.harborBeds }
              : facts;
          const chosen = action === 'redirect' ? { ...named, consent: consenting() } : named;
          const pooled = action === 'accept' && person === 'ivan' ? { ...services.openDoorHomes } : services.harborBeds;
          const claims = { ...chosen, eligible: [{ ...pooled, consent: consenting() }] };
          const decision = moveTask(context, action, dataFor(action, now, caller), claims);
          expect([name, person, action, decision.kind]).toEqual([name, person, action, 'accepted']);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('is no reopening of what ended more than thirty days ago, for its sender [W15]', () => {
    const { taskId, now } = histories.declined;
    const offered = (caller: AskingPerson): readonly string[] =>
      legalMoves(state('declined'), taskId, caller, { now: plus(now, 31 * day), policy: defaultPolicy() }).map(
        ({ action }) => action,
      );
    expect(offered(callers.dana)).not.toContain('reopen');
    expect(offered(callers.cora)).toContain('reopen');
  });
});
