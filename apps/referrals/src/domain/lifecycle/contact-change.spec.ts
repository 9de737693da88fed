import { describe, expect, it } from '@jest/globals';
import { ClientContactChanged } from '#contracts';
import { callers, cast, factsAt, fold, specification, histories } from '#decider/testing';
import { evolve, type ReferralCommand } from '../referral.ts';
import { decide } from '../testing/decide.ts';
import { defaultPolicy } from '../timer/timer-policy.ts';
import { anyWay, type ContactRule } from '../model/contact.ts';

const given = specification({ decide, evolve });
const { sent } = histories;
const of = { referralId: cast.referral, clientId: cast.client };
const inPerson: ContactRule = { prohibited: true, channels: ['in-person'] };
const tell: ReferralCommand = { type: 'tell-contact', caller: callers.system };

describe('how a client may be reached', () => {
  it('is reported in a referral once, and again when it changed [W6]', () => {
    const facts = (contact: ContactRule) => factsAt(sent.now, defaultPolicy(), { contact });
    const changed = ClientContactChanged.of({ ...of, prohibited: true, channels: ['in-person'] });
    given(sent.events).when(tell, facts(anyWay)).thenNothing();
    given(sent.events).when(tell, facts(inPerson)).then([changed]);
    const after = sent.tell({ id: null, role: 'system', organizationId: null }, changed);
    given(after.events).when(tell, facts(inPerson)).thenNothing();
    given(after.events)
      .when(tell, facts(anyWay))
      .then([ClientContactChanged.of({ ...of, prohibited: false })]);
    given(after.events)
      .when({ ...tell, caller: callers.dana }, facts(anyWay))
      .thenRefused({ code: 'role' });
    // Nobody decides by it: whoever has read the referral or a Task acts on the version that they read.
    const versions = (events: typeof sent.events): readonly unknown[] => {
      const state = fold({ evolve }, events);
      return [state?.version, ...(state?.tasks.map(({ version }) => version) ?? [])];
    };
    expect(versions(after.events)).toEqual(versions(sent.events));
  });
});
