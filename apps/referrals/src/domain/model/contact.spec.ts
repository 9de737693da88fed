import { describe, expect, it } from '@jest/globals';
import { contactChannels, TaskEscalated, type ContactChannel } from '#contracts';
import {
  callers,
  cast,
  factsAt,
  specification,
  histories,
  type WhenResult,
  type ReferralHistory,
} from '#decider/testing';
import { evolve, type AnyReferralEvent, type ReferralCommand } from '../referral.ts';
import { decide } from '../testing/decide.ts';
import { day, plus } from './instant.ts';
import { defaultPolicy } from '../timer/timer-policy.ts';
import { contactRule, reachableOnly, type ContactRule } from './contact.ts';

const address = { line: '1 Mill Lane', city: 'River', postalCode: '10001' };
const client = { phone: '+1 555 0100', email: 'tess@example.org', address };
const none: ContactRule = { prohibited: true, channels: [] };
const given = specification({ decide, evolve });

function ask(history: ReferralHistory, command: ReferralCommand, contact: ContactRule): WhenResult<AnyReferralEvent> {
  return given(history.events).when(command, factsAt(history.now, defaultPolicy(), { contact }));
}

const progress = (channel: ContactChannel, at: string): ReferralCommand => ({
  ...{ type: 'task', taskId: cast.task(1), action: 'progress', caller: callers.ines },
  data: { kind: 'contact-attempted', at, channel, reached: false },
});

describe('how a client may be reached', () => {
  it.each([
    [false, null, null],
    [true, null, []],
    [false, 'email', ['email']],
    [true, 'in-person', ['in-person']],
  ] as const)('prohibited %s, safe by %s: %j [W6]', (contactProhibited, safeChannel, channels) => {
    expect(contactRule({ contactProhibited, safeChannel })).toEqual({ prohibited: contactProhibited, channels });
  });

  const kept: Readonly<Record<ContactChannel, object>> = {
    phone: { phone: client.phone, email: null, address: null },
    sms: { phone: client.phone, email: null, address: null },
    email: { phone: null, email: client.email, address: null },
    letter: { phone: null, email: null, address },
    visit: { phone: null, email: null, address },
    'in-person': { phone: null, email: null, address: null },
  };

  it.each(contactChannels)('leaves out what %s does not need [W6]', (channel) => {
    expect(reachableOnly(client, { prohibited: false, channels: [channel] })).toEqual(kept[channel]);
  });

  it('leaves out everything where no way is allowed, and nothing where every way is [W6]', () => {
    expect(reachableOnly(client, none)).toEqual({ phone: null, email: null, address: null });
    expect(reachableOnly(client, { prohibited: false, channels: null })).toEqual(client);
  });
});

describe('an attempt to reach the client', () => {
  const { now } = histories.accepted;

  it.each(contactChannels)('is refused in every way but the allowed one: %s [W6]', (allowed) => {
    for (const channel of contactChannels) {
      const outcome = ask(histories.accepted, progress(channel, now), { prohibited: true, channels: [allowed] });
      if (channel === allowed) expect(outcome.decision.kind).toBe('accepted');
      else outcome.thenRefused({ code: 'guard', guard: 'channelIsAllowed', facts: { channel, allowed: [allowed] } });
    }
  });

  it.each(contactChannels)('is refused by %s where none is allowed [W6]', (channel) => {
    ask(histories.accepted, progress(channel, now), none).thenRefused({
      ...{ code: 'guard', guard: 'channelIsAllowed', facts: { channel, allowed: [] } },
    });
  });

  const gone: ReferralCommand = {
    ...{ type: 'task', taskId: cast.task(1), action: 'not-complete', caller: callers.ines },
    data: { reason: 'unable-to-contact' },
  };

  it('needs as many channels as are allowed [W6]', () => {
    const byPhone = [0, 2, 3].reduce(
      (history, days) => history.wait({ days }).progressed('contact-attempted', { channel: 'phone', reached: false }),
      histories.accepted,
    );
    ask(byPhone, gone, { prohibited: false, channels: null }).thenRefused({ guard: 'contactAttemptsMet' } as never);
    expect(ask(byPhone, gone, { prohibited: false, channels: ['phone'] }).decision.kind).toBe('accepted');
  });

  it('is not needed where none is allowed: then the days count since the acceptance [W6]', () => {
    const refused = { guard: 'contactAttemptsMet', facts: { neededCount: 0, neededChannels: 0, days: 4 } };
    ask(histories.accepted.wait({ days: 4 }), gone, none).thenRefused(refused as never);
    expect(ask(histories.accepted.wait({ days: 5 }), gone, none).decision.kind).toBe('accepted');
  });

  it('that is late is asked for in the allowed way [W6]', () => {
    const { events } = histories.accepted;
    const fire: ReferralCommand = {
      ...{ type: 'fire-timer', taskId: cast.task(1), timer: 'first-contact-by', milestone: 'supervisor' },
      caller: callers.timer,
    };
    const ids = { referralId: cast.referral, taskId: cast.task(1), serviceRequestId: cast.housing };
    const escalation = { ...ids, timer: 'first-contact-by', milestone: 'supervisor' } as const;
    for (const [channels, more] of [
      [['in-person'], { contactChannels: ['in-person'] }],
      [[], { contactChannels: [] }],
      [null, {}],
    ] as const) {
      const facts = factsAt(plus(now, 2 * day), defaultPolicy(), { contact: { prohibited: true, channels } });
      given(events)
        .when(fire, facts)
        .then([TaskEscalated.of({ ...escalation, ...more })]);
    }
  });
});
