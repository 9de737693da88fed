import { describe, expect, it } from '@jest/globals';
import { TaskAccepted, TaskReceived } from '#contracts';
import { histories } from '#decider/testing';
import type { FactsFor, FactsWith, ReferralCommand } from '../../referral.ts';
import { taskOf } from '../../../testing/task-of.ts';
import type { effects } from '../effects/effect.ts';
import { factsNamed } from '../rules/facts-named.ts';
import type { TransitionRequest } from '../rules/transition-request.ts';
import { row } from './row.ts';
import type { GuardName, ReadsOf } from './words.ts';

const agency = { by: ['agency'], from: ['sent'] } as const;

/** tsc checks these: a directive that expects an error where there is none is an error itself. */
describe('a row of the table', () => {
  it('names the facts that its guards read, or it does not compile', () => {
    const owned = { ...agency, needs: ['ownerId'], guards: ['ownerIsActive'] } as const;
    expect(row(6, 'accept', { ...owned, facts: ['owner'] }, TaskAccepted, 'accepted').facts).toEqual(['owner']);
    // @ts-expect-error the guard reads the owner, and the row does not name it
    row(6, 'accept', owned, TaskAccepted, 'accepted');
    // @ts-expect-error the guard reads the owner, and the row names another fact
    row(6, 'accept', { ...owned, facts: ['service'] }, TaskAccepted, 'accepted');
    // @ts-expect-error there is no such fact
    row(3, 'acknowledge', { ...agency, facts: ['weather'] }, TaskReceived, 'received');
  });

  it('gives a guard the facts that it is said to read, and no others', () => {
    type Reads<Name extends GuardName> = TransitionRequest<ReadsOf<Name>>;
    const readsContact = (request: Reads<'channelIsAllowed'>): unknown => request.facts.contact;
    // @ts-expect-error the guard is not said to read the owner
    const readsOwner = (request: Reads<'channelIsAllowed'>): unknown => request.facts.owner;
    const readsNone = (request: TransitionRequest<never>): unknown => request.facts.now;
    expect([readsContact, readsOwner, readsNone]).toHaveLength(3);
  });

  it('gives an effect the data that every row of its event needs, as what is there', () => {
    type InputOf<Event extends keyof typeof effects> = Parameters<(typeof effects)[Event]>[0];
    const owner = (input: InputOf<'referral.task.accepted'>): string => input.data.ownerId;
    // @ts-expect-error the row says that the day may be left out
    const day = (input: InputOf<'referral.task.accepted'>): string => input.data.expectedBy;
    // @ts-expect-error no row of this event has a reason
    const reason = (input: InputOf<'referral.task.progressed'>): unknown => input.data.reason;
    // @ts-expect-error no row of this event names the owner
    const fact = (input: InputOf<'referral.task.progressed'>): unknown => input.facts.owner;
    expect([owner, day, reason, fact]).toHaveLength(4);
  });

  it('makes a command be decided with the facts that it reads, or it does not compile', () => {
    type Command<Type extends ReferralCommand['type']> = Extract<ReferralCommand, { readonly type: Type }>;
    const offering = (facts: FactsWith<'service'>): FactsFor<Command<'offer-need'>> => facts;
    // @ts-expect-error an offer is decided by the service
    const without = (facts: FactsWith): FactsFor<Command<'offer-need'>> => facts;
    type Some = FactsWith<'service' | 'consent' | 'eligible' | 'contact'>;
    // @ts-expect-error the actions of a Task read the owner as well
    const acting = (facts: Some): FactsFor<Command<'task'>> => facts;
    expect([offering, without, acting]).toHaveLength(3);
  });
});

describe('what is looked up for an action', () => {
  const directed = taskOf(histories.sent);
  const pooled = taskOf(histories.pool);

  it('is what its rows name', () => {
    expect([...factsNamed('assign', directed)]).toEqual(['owner']);
    expect([...factsNamed('acknowledge', directed)]).toEqual([]);
    expect([...factsNamed('redirect', directed)]).toEqual(['service', 'consent', 'eligible']);
  });

  it('is of a claim more than of an acceptance', () => {
    expect([...factsNamed('accept', directed)]).toEqual(['owner']);
    expect([...factsNamed('accept', pooled)]).toEqual(['owner', 'service', 'consent', 'eligible']);
  });

  it('is not what only the platform’s own moves read', () => {
    expect([...factsNamed('withdraw', directed)]).toEqual([]);
  });
});
