import { describe, expect, it } from '@jest/globals';
import { draftKinds, draftSections } from '#contracts';
import fc from 'fast-check';
import { endOf, saved, sectionNamed, unsaved, type StoredSection } from './draft.ts';

const at = '2026-11-28T09:00:00.000Z';

describe('a section of a draft', () => {
  it('begins with version 1, and only as a new one', () => {
    const next = { name: 'who', at, device: 'laptop', content: '{}' } as const;
    expect(saved(undefined, { version: unsaved }, next)).toEqual({ ...next, version: 1 });
    expect(saved(undefined, { version: 1 }, next)).toBeUndefined();
    expect(saved(undefined, { version: undefined }, next)).toBeUndefined();
  });

  it('loses no word, whatever two devices write, read and merge in whatever order', () => {
    const step = fc.record({ device: fc.constantFrom('laptop', 'phone'), reads: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let stored: StoredSection | undefined;
        const read = new Map([
          ['laptop', { version: unsaved, words: [] as readonly string[] }],
          ['phone', { version: unsaved, words: [] as readonly string[] }],
        ]);
        const kept: string[] = [];
        steps.forEach(({ device, reads }, number) => {
          const known = read.get(device) ?? { version: unsaved, words: [] };
          if (reads && stored !== undefined) {
            read.set(device, { version: stored.version, words: JSON.parse(stored.content) as string[] });
            return;
          }
          const words = [...known.words, `word ${number}`];
          const next = saved(stored, known, { name: 'needs', at, device, content: JSON.stringify(words) });
          if (next === undefined) return;
          expect(next.version).toBe((stored?.version ?? unsaved) + 1);
          stored = next;
          kept.push(`word ${number}`);
          read.set(device, { version: next.version, words });
        });
        expect(stored === undefined ? [] : JSON.parse(stored.content)).toEqual(kept);
      }),
    );
  });
});

describe('a draft', () => {
  it('is kept for 30 days after its last change', () => {
    expect(endOf({ changedAt: at })).toBe('2026-12-28T09:00:00.000Z');
  });

  it('has the sections of its kind, and each section belongs to one kind', () => {
    for (const name of draftSections) {
      expect(draftKinds.filter((kind) => sectionNamed(kind, name) === name)).toHaveLength(1);
    }
    expect(sectionNamed('referral', 'act')).toBeUndefined();
    expect(sectionNamed('act', 'who')).toBeUndefined();
    expect(sectionNamed('referral', 'Mara Quill')).toBeUndefined();
  });
});
