import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Problem } from '../../door/http/answer.ts';
import { written, type Content } from '../merge/content.ts';
import { draftFrom, keptOf, newDraft, type Draft, type InFlight, type KeptDraft, type StoredSection } from './draft.ts';
import { isUnsaved, reduceSaving, type SavingInput } from './saving.ts';

type Step =
  | { readonly kind: 'type'; readonly device: 0 | 1; readonly section: string; readonly field: string }
  | { readonly kind: 'wait'; readonly device: 0 | 1; readonly ms: number }
  | { readonly kind: 'network'; readonly device: 0 | 1; readonly how: 'works' | 'loses request' | 'loses answer' }
  | { readonly kind: 'crash' | 'leave'; readonly device: 0 | 1 };

const device = fc.constantFrom<0 | 1>(0, 1);
const how = fc.constantFrom<'works' | 'loses request' | 'loses answer'>(
  'works',
  'works',
  'loses request',
  'loses answer',
);
const steps = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('type' as const),
        device,
        section: fc.constantFrom('who', 'needs'),
        field: fc.constantFrom('a', 'b'),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant('wait' as const), device, ms: fc.constantFrom(300, 2000, 60_000) }),
    },
    { weight: 5, arbitrary: fc.record({ kind: fc.constant('network' as const), device, how }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('crash' as const, 'leave' as const), device }) },
  ),
  { maxLength: 50 },
);

/** One server, as contract.md says it answers, and two browsers of one person. */
class World {
  now = 0;
  readonly server = new Map<string, StoredSection>();
  readonly answers = new Map<string, SavingInput>();
  readonly devices = ['laptop', 'phone'].map((name) => new Device(name));
  /** What was typed, kept in a vault, and not typed over on the same device. */
  readonly owed = new Map<string, string>();
  private count = 0;

  step(step: Step): void {
    const device = this.devices[step.device] as Device;
    if (step.kind === 'type') this.type(device, step.section, step.field);
    if (step.kind === 'wait') {
      this.now += step.ms;
      device.input({ kind: 'passed', now: this.now });
    }
    if (step.kind === 'leave') device.input({ kind: 'left', now: this.now });
    if (step.kind === 'network') this.network(device, step.how);
    if (step.kind === 'crash') this.crash(device);
  }

  calm(): void {
    for (let round = 0; round < 40 && (round === 0 || this.isBusy()); round += 1) {
      for (const device of this.devices) {
        this.step({ kind: 'wait', device: this.devices.indexOf(device) as 0 | 1, ms: 60_000 });
        this.network(device, 'works');
      }
    }
    // each device opens the draft once more, as on a new day
    for (const device of this.devices)
      device.input({ kind: 'found', sections: [...this.server.values()], now: this.now });
  }

  private isBusy(): boolean {
    return this.devices.some(
      ({ draft, requests }) => requests.length > 0 || Object.values(draft.sections).some(isUnsaved),
    );
  }

  private type(device: Device, section: string, field: string): void {
    this.count += 1;
    const text = `${device.name} ${this.count}`;
    const before = device.draft.sections[section]?.content ?? { fields: {}, conflicts: {} };
    const replaced = before.fields[field];
    const content: Content = { ...before, fields: { ...before.fields, [field]: text } };
    device.input({ kind: 'typed', section, content, now: this.now });
    // a person who types over a text that stands in the field has seen it
    if (typeof replaced === 'string') this.owed.delete(`${section} ${field} ${replaced}`);
    this.owed.set(`${section} ${field} ${text}`, device.name);
  }

  private network(device: Device, how: 'works' | 'loses request' | 'loses answer'): void {
    const [request] = device.requests.splice(0, 1);
    if (request === undefined) return;
    const refuse = (code: string): void =>
      device.input({ kind: 'refused', problem: problem(code), now: this.now, chance: 0.5 });
    if (how === 'loses request') return refuse('no-network');
    const answer = this.answers.get(request.key) ?? this.answer(request);
    if (how === 'loses answer') return refuse('timed-out');
    device.input(answer);
  }

  private answer(request: InFlight): SavingInput {
    if (request.kind === 'begin') return this.remember(request.key, { kind: 'begun', now: this.now });
    const stored = this.server.get(request.section);
    if (request.ifMatch !== (stored?.version ?? 0)) {
      const members = { section: stored ?? null };
      return {
        kind: 'refused',
        problem: problem('stale', { version: stored?.version ?? 0, members }),
        now: this.now,
        chance: 0.5,
      };
    }
    const device = this.devices.find(({ draft }) => draft.inFlight?.key === request.key)?.name ?? '';
    const next = {
      name: request.section,
      version: request.ifMatch + 1,
      at: this.instant(),
      device,
      content: written(request.content),
    };
    this.server.set(request.section, next);
    return this.remember(request.key, { kind: 'saved', version: next.version, at: next.at, now: this.now });
  }

  private remember(key: string, answer: SavingInput): SavingInput {
    this.answers.set(key, answer);
    return answer;
  }

  private crash(device: Device): void {
    const sections: Draft['sections'] = device.vault?.sections ?? {};
    for (const [owed, name] of this.owed) {
      const [section = '', field = '', ...words] = owed.split(' ');
      const text = sections[section]?.content.fields[field];
      // typed less than 300 ms before the crash, or typed over a text that the crash brings back
      if (name === device.name && text !== words.join(' ')) this.owed.delete(owed);
    }
    device.restart();
  }

  private instant(): string {
    return new Date(this.now).toISOString();
  }
}

class Device {
  draft: Draft;
  vault: KeptDraft | undefined;
  requests: InFlight[] = [];
  private keys = 0;

  constructor(readonly name: string) {
    this.draft = this.fresh();
  }

  input(input: SavingInput): void {
    const { draft, effects } = reduceSaving(this.draft, input, () => `${this.name} ${(this.keys += 1)}`);
    this.draft = draft;
    for (const effect of effects) {
      if (effect.kind === 'request') this.requests.push(effect.request);
      else {
        this.vault = keptOf(this.draft);
        this.input({ kind: 'kept', ok: true, revision: effect.revision, now: 0 });
      }
    }
    expect(this.requests.length).toBeLessThanOrEqual(1);
  }

  restart(): void {
    this.requests = [];
    this.draft = this.vault === undefined ? this.fresh() : draftFrom(this.vault, this.name);
  }

  private fresh(): Draft {
    return newDraft({ draftId: 'd1', kind: 'referral', taskId: null, device: this.name, hasVault: true });
  }
}

function problem(code: string, parts: object = {}): Problem {
  return { ok: false, code, status: 0, correlationId: 'c', retryAfterSeconds: null, ...parts } as unknown as Problem;
}

describe('two devices, a bad network and crashes', () => {
  it('end with the same words on both and at the server', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const world = new World();
        for (const step of all) world.step(step);
        world.calm();
        for (const { draft } of world.devices) {
          for (const [name, section] of Object.entries(draft.sections)) {
            expect([name, isUnsaved(section)]).toEqual([name, false]);
            expect(JSON.parse(written(section.content))).toEqual(JSON.parse(world.server.get(name)?.content ?? 'null'));
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('lose no text that a vault had, unless its person typed over it', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const world = new World();
        for (const step of all) world.step(step);
        world.calm();
        for (const owed of world.owed.keys()) {
          const [section = '', field = '', ...words] = owed.split(' ');
          const content = world.devices[0]?.draft.sections[section]?.content;
          const texts = [content?.fields[field], ...(content?.conflicts[field] ?? []).map(({ value }) => value)];
          expect(texts).toContain(words.join(' '));
        }
      }),
      { numRuns: 150 },
    );
  });
});
