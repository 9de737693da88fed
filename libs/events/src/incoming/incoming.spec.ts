import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { IncomingMessage } from '../messages.ts';
import { Noted, Streams, altered, key } from '../transports/testing/test-events.ts';
import { Unreadable, envelopeOf, laneOf, streamPlaceOf } from './incoming.ts';

let made = 0;
const ids = { next: () => key((made += 1)) };

function arrived(message = new Streams(ids).next(key(1))): IncomingMessage {
  return { topic: 'referrals.events', partition: 2, offset: '9007199254740993', ...message };
}

describe('Parsing a message', () => {
  it('gives the envelope and an event of its class', () => {
    const envelope = envelopeOf(arrived(), Noted);
    expect(envelope).toMatchObject({ type: 'referral.noted', source: '/referrals', key: key(1), streamVersion: 1 });
    expect(envelope.actor).toEqual({ id: null, role: 'system', organizationId: null });
    expect(envelope.event).toBeInstanceOf(Noted);
    expect(envelope.event).toEqual(Noted.of({ referralId: key(1), n: 1 }));
  });

  it('drops fields that this reader does not know, and treats null as absent', () => {
    const value = JSON.stringify({ referralId: key(1), n: 1, later: 'x', also: null });
    const { event } = envelopeOf(arrived(altered(arrived(), { value })), Noted);
    expect(Object.keys(event)).toEqual(['referralId', 'n']);
  });

  it('throws only Unreadable and names no value, for any message', () => {
    const secret = 'Ines Secret';
    const anything = fc.oneof(fc.json(), fc.string(), fc.constant(JSON.stringify({ referralId: secret, n: secret })));
    const names = fc.constantFrom(...Object.keys(arrived().headers));
    const headers = fc.dictionary(names, fc.oneof(fc.string(), fc.constant(secret)));
    fc.assert(
      fc.property(anything, headers, fc.option(fc.string()), (value, changed, messageKey) => {
        const message = { ...arrived(altered(arrived(), { value, headers: changed })), key: messageKey };
        laneOf(message);
        streamPlaceOf(message);
        try {
          envelopeOf(message, Noted);
        } catch (error) {
          expect(error).toBeInstanceOf(Unreadable);
          expect((error as Error).message.replace(/^its schema is .*; this/, '')).not.toContain(secret);
        }
      }),
    );
  });

  it('gives a message without a key a lane of its own, so that nothing waits behind it', () => {
    expect(laneOf({ ...arrived(), key: null })).toBe('referrals.events/2/9007199254740993');
    expect(laneOf({ ...arrived(), key: 'a\0b' })).toBe('a\ufffdb');
  });
});
