import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  advanced,
  mergedPlans,
  nextStep,
  planOf,
  readPlan,
  writtenPlan,
  type SendingPlan,
  type StepDone,
  type ToSend,
} from './plan.ts';

const consent = { kind: 'named-recipient', method: 'e-signature' } as const;
const toSend = (consents: number): ToSend => ({
  referral: { client: { given: 'Rosa' }, priority: 'routine', needs: [] },
  consents: Array.from({ length: consents }, () => ({ consent, evidenceId: null })),
});

function plan(consents = 2, device = 'laptop', at = '2026-11-28T14:02:00.000Z'): SendingPlan {
  let keys = 0;
  return planOf('d1', toSend(consents), { at, newKey: () => `${device} ${(keys += 1)}` });
}

/** As contract.md §1 says: one referral per draft for ever, and a repeat under the same key changes nothing. */
class Platform {
  referrals = 0;
  readonly consents: string[] = [];
  readonly sends: string[] = [];
  private readonly keys = new Set<string>();

  take(sending: SendingPlan): StepDone | undefined {
    const step = nextStep(sending);
    if (step === null) return undefined;
    const isNew = !this.keys.has(step.key);
    this.keys.add(step.key);
    if (step.kind === 'refer') {
      this.referrals = 1;
      return { kind: 'refer', referralId: 'r1', clientId: 'c1' };
    }
    if (step.kind === 'consent') {
      expect(step.body.clientId).toBe('c1');
      if (isNew) this.consents.push(step.key);
      return { kind: 'consent', index: step.index, position: `p${step.index}` };
    }
    expect(step.referralId).toBe('r1');
    if (isNew) this.sends.push(`${step.after ?? 'nothing'}, ${this.consents.length} consents`);
    return { kind: 'send' };
  }
}

describe('the sending of a draft', () => {
  it('refers, records each consent, and then sends, after the last consent', () => {
    let sending = plan(2);
    const kinds: string[] = [];
    const platform = new Platform();
    for (let done = platform.take(sending); done !== undefined; done = platform.take(sending)) {
      kinds.push(done.kind);
      sending = advanced(sending, done);
    }
    expect(kinds).toEqual(['refer', 'consent', 'consent', 'send']);
    expect(platform.sends).toEqual(['p1, 2 consents']);
  });

  it('without a permission sends all the same: the Tasks then wait for it', () => {
    const referred = advanced(plan(0), { kind: 'refer', referralId: 'r1', clientId: 'c1' });
    expect(nextStep(referred)).toMatchObject({ kind: 'send', referralId: 'r1', after: null });
  });

  it('has a body that names its draft, and is read as it was written', () => {
    expect(plan().refer.body.draftId).toBe('d1');
    expect(readPlan(writtenPlan(plan()))).toEqual(plan());
    expect([readPlan('x'), readPlan('{"format":2}')]).toEqual([undefined, undefined]);
  });

  it('that two devices began is the one that was begun first', () => {
    const [early, late] = [plan(1, 'phone', '2026-11-28T14:01:00.000Z'), plan(1, 'laptop')];
    expect([mergedPlans(early, late), mergedPlans(late, early)]).toEqual([early, early]);
  });
});

describe('wherever it is broken off, and whoever goes on', () => {
  interface Step {
    readonly device: 0 | 1;
    readonly what: 'step' | 'answer is lost' | 'meets the other';
  }
  const steps = fc.array(
    fc.record<Step>({
      device: fc.constantFrom<0 | 1>(0, 1),
      what: fc.constantFrom<Step['what']>('step', 'step', 'answer is lost', 'meets the other'),
    }),
    { maxLength: 30 },
  );

  it('there is one referral, each consent once, and one sending after all of them', () => {
    fc.assert(
      fc.property(steps, fc.nat(3), (all, consents) => {
        const platform = new Platform();
        const devices: [SendingPlan, SendingPlan] = [plan(consents), plan(consents)];
        const run = ({ device, what }: Step): void => {
          if (what === 'meets the other') {
            const both = mergedPlans(devices[0], devices[1]);
            expect(both).toEqual(mergedPlans(devices[1], devices[0]));
            devices[device] = both;
            return;
          }
          const done = platform.take(devices[device]);
          if (done !== undefined && what === 'step') devices[device] = advanced(devices[device], done);
        };
        all.forEach(run);
        for (let rest = 0; rest < consents + 2; rest += 1) run({ device: 0, what: 'step' });
        expect(nextStep(devices[0])).toBeNull();
        expect([platform.referrals, platform.consents.length]).toEqual([1, consents]);
        expect(platform.sends).toEqual([`${consents === 0 ? 'nothing' : `p${consents - 1}`}, ${consents} consents`]);
      }),
    );
  });
});
