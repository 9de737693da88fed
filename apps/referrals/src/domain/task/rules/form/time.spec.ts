import { describe, expect, it } from '@jest/globals';
import { outputKinds, progressKinds, type OutputKind, type ProgressKind } from '#contracts';
import { callers, factsAt, specification, histories, type WhenResult } from '#decider/testing';
import { evolve, type AnyReferralEvent, type TaskActionData } from '../../../referral.ts';
import { decide } from '../../../testing/decide.ts';
import { clockSkew, day, plus } from '../../../model/instant.ts';
import { defaultPolicy } from '../../../timer/timer-policy.ts';

const given = specification({ decide, evolve });

/** The referral was made ten days before the agency took its Task on, twenty before now. */
const made = histories.received.now;
const history = histories.received.wait({ days: 10 }).accepted().wait({ days: 10 });
const { now } = history;
const acceptedAt = plus(made, 10 * day);

function progress(kind: ProgressKind, at: string): WhenResult<AnyReferralEvent> {
  return act('progress', { kind, at, channel: 'phone', reached: false });
}

function complete(...outputs: readonly (readonly [OutputKind, string])[]): WhenResult<AnyReferralEvent> {
  return act('complete', { outcome: 'housed', outputs: outputs.map(([kind, at]) => ({ kind, at })) });
}

function act(action: 'progress' | 'complete', data: TaskActionData): WhenResult<AnyReferralEvent> {
  const command = { type: 'task' as const, taskId: history.taskId, action, data, caller: callers.ines };
  return given(history.events).when(command, factsAt(now, defaultPolicy(), {}));
}

const fieldsOf = ({ decision }: WhenResult<AnyReferralEvent>): readonly string[] =>
  decision.kind === 'refused' && decision.refusal.code === 'invalid'
    ? decision.refusal.errors.map(({ field }) => field)
    : [];

describe('An instant at which an agency did something', () => {
  const work = ['contact-attempted', 'appointment-booked', 'no-show', 'interim'] as const;
  const given = ['service-delivered', 'appointment-held', 'referral-onward'] as const;

  it.each(work)('may not lie before the acceptance, save for a minute of two clocks: %s [W3]', (kind) => {
    expect(progress(kind, plus(acceptedAt, -clockSkew)).decision.kind).toBe('accepted');
    for (const at of [plus(acceptedAt, -clockSkew - 1), plus(made, day), plus(made, -400 * day)]) {
      expect([at, fieldsOf(progress(kind, at))]).toEqual([at, ['at']]);
    }
  });

  it.each(given)('may not lie before the acceptance as an output either: %s [W3]', (kind) => {
    expect(complete([kind, plus(acceptedAt, -clockSkew)]).decision.kind).toBe('accepted');
    for (const at of [plus(acceptedAt, -clockSkew - 1), plus(made, -400 * day)]) {
      expect([at, fieldsOf(complete(['other', now], [kind, at]))]).toEqual([at, ['outputs[1].at']]);
    }
  });

  it('is refused in words that say what to do instead [W3]', () => {
    complete(['service-delivered', made]).thenRefused({
      code: 'invalid',
      errors: [
        {
          field: 'outputs[0].at',
          message:
            'outputs[0].at must not lie before the Task was accepted: give the instant of a service-delivered since then; what was done earlier belongs in the note',
          allowed: [`from ${acceptedAt}`],
        },
      ],
    });
  });
});

describe('An instant at which something became of the client', () => {
  const outputs = ['placement', 'document', 'other'] as const;

  it.each(outputs)('may lie before the acceptance, and not before the referral: %s [W3]', (kind) => {
    expect(complete([kind, plus(made, -clockSkew)]).decision.kind).toBe('accepted');
    for (const at of [plus(made, -clockSkew - 1), plus(made, -30 * day)]) {
      expect([at, fieldsOf(complete([kind, at]))]).toEqual([at, ['outputs[0].at']]);
    }
  });

  it('may lie so where the client was enrolled [W3]', () => {
    expect(progress('enrolled', made).decision.kind).toBe('accepted');
    expect(fieldsOf(progress('enrolled', plus(made, -day)))).toEqual(['at']);
  });
});

describe('An instant that is still to come', () => {
  const ahead = plus(now, 3 * day);

  it.each([...progressKinds])('is taken of an appointment alone: %s [W3]', (kind) => {
    expect(fieldsOf(progress(kind, ahead))).toEqual(kind === 'appointment-booked' ? [] : ['at']);
    expect(progress(kind, plus(now, clockSkew)).decision.kind).toBe('accepted');
  });

  it.each([...outputKinds])('is taken of no output: %s [W3]', (kind) => {
    expect(fieldsOf(complete([kind, ahead]))).toEqual(['outputs[0].at']);
  });
});
