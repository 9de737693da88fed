import { describe, expect, it } from '@jest/globals';
import type { Problem } from '../../door/http/answer.ts';
import { noContent, written, type Content, type Fields } from '../merge/content.ts';
import { draftFrom, keptOf, newDraft, savedOf, type Draft, type SavingEffect, type StoredSection } from './draft.ts';
import { isUnsaved, nextSavingLook, reduceSaving, type SavingInput } from './saving.ts';

const content = (fields: Fields): Content => ({ fields, conflicts: {} });
const rosa = content({ given: 'Rosa' });

function problem(code: string, parts: object = {}): Problem {
  return { ok: false, code, status: 0, correlationId: 'c', retryAfterSeconds: null, ...parts } as unknown as Problem;
}

/** A new draft after these inputs, and the effects of the last one; keys are k1, k2, ... */
function after(...inputs: readonly SavingInput[]): {
  readonly draft: Draft;
  readonly effects: readonly SavingEffect[];
} {
  return onTopOf(
    newDraft({ draftId: 'd1', kind: 'referral', taskId: null, device: 'laptop', hasVault: true }),
    ...inputs,
  );
}

function onTopOf(draft: Draft, ...inputs: readonly SavingInput[]) {
  let keys = 0;
  return inputs.reduce<{ draft: Draft; effects: readonly SavingEffect[] }>(
    (step, input) => reduceSaving(step.draft, input, () => `k${(keys += 1)}`),
    { draft, effects: [] },
  );
}

const typed = (section: string, what: Content, now: number): SavingInput => ({
  kind: 'typed',
  section,
  content: what,
  now,
});
const passed = (now: number): SavingInput => ({ kind: 'passed', now });
const saved = (version: number, now = 2200): SavingInput => ({
  ...{ kind: 'saved', version, at: '2026-11-28T14:02:00.000Z', now },
});
const refused = (code: string, parts: object = {}): SavingInput => ({
  ...{ kind: 'refused', problem: problem(code, parts), now: 3000, chance: 0.5 },
});
const kept = (revision: number): SavingInput => ({ kind: 'kept', ok: true, revision, now: 400 });
const stored = (version: number, fields: Fields): StoredSection => ({
  ...{ name: 'who', version, at: '2026-11-28T14:01:00.000Z', device: 'phone', content: written(content(fields)) },
});
const requests = (effects: readonly SavingEffect[]): readonly unknown[] =>
  effects.flatMap((each) => (each.kind === 'request' ? [each.request] : []));
const begun = [typed('who', rosa, 0), passed(2000), { kind: 'begun', now: 2050 }] as const;

describe('what is typed', () => {
  it('is in the vault after 300 ms, and at the server after 2 s, which first learns of the draft', () => {
    const step = after(typed('who', rosa, 0));
    expect([step.effects, nextSavingLook(step.draft)]).toEqual([[], 300]);
    expect(after(typed('who', rosa, 0), passed(300)).effects).toEqual([{ kind: 'keep', revision: 1 }]);
    expect(requests(after(typed('who', rosa, 0), passed(2000)).effects)).toMatchObject([{ kind: 'begin', key: 'k1' }]);
    expect(requests(after(...begun).effects)).toMatchObject([
      { kind: 'save', section: 'who', ifMatch: 0, content: rosa },
    ]);
  });

  it('is at the server as soon as the person leaves a group of fields', () => {
    expect(requests(after(typed('who', rosa, 0), { kind: 'left', now: 10 }).effects)).toMatchObject([
      { kind: 'begin' },
    ]);
  });

  it('is sent and kept at once when the page goes away', () => {
    const more = [...begun, saved(1), typed('who', content({ given: 'Rosa V' }), 2300)] as const;
    expect(after(...more, { kind: 'hidden', now: 2301 }).effects).toMatchObject([
      { kind: 'keep' },
      { kind: 'request', isLast: true },
    ]);
  });

  it('goes one request after the other, only what changed, each with the version of its section', () => {
    const both = [...begun, typed('needs', content({ housing: true }), 2100), { kind: 'left', now: 2150 }] as const;
    expect(requests(after(...both).effects)).toEqual([]);
    expect(requests(after(...both, saved(1), passed(4100)).effects)).toMatchObject([{ section: 'needs', ifMatch: 0 }]);
    const again = [
      ...both,
      saved(1),
      passed(4100),
      saved(1, 4200),
      typed('who', content({ given: 'R' }), 9100),
    ] as const;
    expect(requests(after(...again, passed(11_100)).effects)).toMatchObject([{ section: 'who', ifMatch: 1 }]);
  });

  it('that came while its section was saved is saved next', () => {
    const more = [...begun, typed('who', content({ given: 'Rosa V' }), 2150)] as const;
    expect(requests(after(...more, saved(1), passed(4200)).effects)).toMatchObject([
      { ifMatch: 1, content: { fields: { given: 'Rosa V' } } },
    ]);
  });
});

describe('a request that may have arrived', () => {
  const lost = [...begun, refused('no-network')] as const;

  it('is repeated as it was, under its key, before anything newer is sent', () => {
    const [first] = requests(after(...begun).effects);
    const newer = typed('who', content({ given: 'Rosa V' }), 3500);
    expect(requests(after(...lost, newer, passed(4000)).effects)).toEqual([first]);
  });

  it('is repeated after a crash too', () => {
    const draft = draftFrom(keptOf(after(...begun).draft), 'laptop');
    expect(requests(onTopOf(draft, passed(9000)).effects)).toMatchObject([{ kind: 'save', key: 'k2', ifMatch: 0 }]);
  });

  it('waits for the sign-in of the person', () => {
    const locked = [...begun, refused('unauthenticated')] as const;
    expect(requests(after(...locked, passed(99_000)).effects)).toEqual([]);
    expect(requests(after(...locked, { kind: 'signed-in', now: 3100 }).effects)).toMatchObject([{ key: 'k2' }]);
  });
});

describe('two devices', () => {
  const sending = [...begun] as const;
  const met = (fields: Fields) => refused('stale', { version: 4, members: { section: stored(4, fields) } });

  it('are merged by field, and saved on top of what the other one saved', () => {
    const { draft, effects } = after(...sending, met({ family: 'V' }));
    expect(draft.sections['who']).toMatchObject({ version: 4, content: content({ given: 'Rosa', family: 'V' }) });
    expect(requests([...effects, ...onTopOf(draft, passed(5000)).effects])).toMatchObject([{ ifMatch: 4 }]);
  });

  it('show both texts of a field that both changed', () => {
    const { draft } = after(...sending, met({ given: 'Rosalía' }));
    expect(draft.sections['who']?.content.conflicts['given']?.map(({ value }) => value)).toEqual(
      expect.arrayContaining(['Rosa', 'Rosalía']),
    );
  });

  it('meet when the draft is opened', () => {
    const found: SavingInput = {
      kind: 'found',
      sections: [stored(7, { family: 'V' })],
      now: 9,
    };
    const { sections } = after(typed('who', rosa, 0), found).draft;
    expect(sections['who']).toMatchObject({ version: 7, content: content({ given: 'Rosa', family: 'V' }) });
  });
});

describe('a section that cannot be saved', () => {
  const two = [...begun, typed('needs', content({ housing: true }), 2050), { kind: 'left', now: 2100 }] as const;

  it.each(['invalid', 'too-large', 'bug'])('needs its person, and blocks no other: %s', (code) => {
    const { draft, effects } = after(...two, refused(code));
    expect(draft.sections['who']?.poison).toMatchObject({ why: 'refused', content: rosa });
    expect(requests([...effects, ...onTopOf(draft, passed(9000)).effects])).toMatchObject([{ section: 'needs' }]);
  });

  it('is tried again once it is changed', () => {
    const changed = typed('who', content({ given: 'R' }), 9000);
    const { draft } = after(...two, refused('too-large'), changed);
    expect(draft.sections['who']?.poison).toBeNull();
  });

  it('because a newer version of the application wrote it is never overwritten', () => {
    const newer = { ...stored(4, {}), content: '{"format":2}' };
    const { draft } = after(...begun, refused('stale', { version: 4, members: { section: newer } }));
    expect(draft.sections['who']).toMatchObject({ version: 0, poison: { why: 'unreadable', text: '{"format":2}' } });
    expect(requests(onTopOf(draft, passed(9000)).effects)).toEqual([]);
  });

  it('because its draft was sent or ended elsewhere stays here', () => {
    const { draft } = after(...begun, refused('guard', { guard: 'draftIsOpen' }));
    expect([requests(onTopOf(draft, passed(9000)).effects), draft.sections['who']?.content]).toEqual([[], rosa]);
  });
});

describe('the line beside the heading', () => {
  const line = (draft: Draft): string => savedOf(draft, isUnsaved).kind;
  const all = [...begun, saved(1)] as const;

  it('says where the words are', () => {
    expect(line(after().draft)).toBe('nothing');
    expect(line(after(typed('who', rosa, 0)).draft)).toBe('saving');
    const both = after(...all).draft;
    expect([line(both), line(onTopOf(both, kept(both.revision)).draft)]).toEqual(['saving', 'both']);
    const cut = after(...begun, refused('no-network')).draft;
    expect(line(onTopOf(cut, kept(cut.revision)).draft)).toBe('here');
  });

  it('says it where the browser keeps nothing', () => {
    const withoutVault = (draft: Draft): Draft => ({ ...draft, hasVault: false });
    expect(line(withoutVault(after(...all).draft))).toBe('server');
    expect(line(withoutVault(after(...begun, refused('no-network')).draft))).toBe('not-saved');
    const { draft } = after(typed('who', rosa, 0), passed(300));
    const failed = onTopOf(draft, { kind: 'kept', ok: false, revision: 1, now: 310 }).draft;
    expect([failed.vaultWorks, nextSavingLook(failed)]).toEqual([false, 2000]);
  });
});

describe('an empty draft', () => {
  it('asks nothing of anybody', () => {
    expect([nextSavingLook(after().draft), after(typed('who', noContent, 0)).effects]).toEqual([null, []]);
  });
});
