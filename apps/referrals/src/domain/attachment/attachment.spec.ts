import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { categories, type Category } from '#contracts';
import { idOf } from '#decider/testing';
import type { AttachmentRow } from '../model/state.ts';
import { mayLeave, released, type AttachmentFile } from './attachment.ts';

const someCategories = fc.subarray([...categories]);

const row = (number: number, removed = false): AttachmentRow => ({
  ...{ attachmentId: idOf('e', number), referralId: idOf('8', 1), version: number, kind: 'discharge-summary' },
  addedAt: '2026-03-02T09:00:00.000Z',
  removedAt: removed ? '2026-03-03T09:00:00.000Z' : null,
  removalReason: removed ? 'replaced' : null,
});
const file = (number: number, spokenOf: readonly Category[]): AttachmentFile => ({
  ...{ attachmentId: idOf('e', number), title: `Document ${number}`, categories: spokenOf },
  ...{ contentType: 'application/pdf', size: 100, sha256: '0'.repeat(64) },
});

describe('an attachment', () => {
  it('may leave exactly where every category of it is allowed', () => {
    fc.assert(
      fc.property(someCategories, someCategories, (spokenOf, allowed) => {
        const outside = spokenOf.filter((category) => !new Set(allowed).has(category));
        expect(mayLeave({ categories: spokenOf }, allowed)).toBe(spokenOf.length > 0 && outside.length === 0);
      }),
    );
  });

  it('that may leave goes on doing so when more is allowed, and never when it speaks of more', () => {
    fc.assert(
      fc.property(someCategories, someCategories, fc.constantFrom(...categories), (spokenOf, allowed, more) => {
        fc.pre(mayLeave({ categories: spokenOf }, allowed));
        expect(mayLeave({ categories: spokenOf }, [...allowed, more])).toBe(true);
        if (!allowed.includes(more)) expect(mayLeave({ categories: [...spokenOf, more] }, allowed)).toBe(false);
      }),
    );
  });

  it('is shown once, in the order in which it was added, unless it is removed, withheld or out of the reader’s sight', () => {
    const documents = fc.array(fc.record({ spokenOf: someCategories, removed: fc.boolean(), seen: fc.boolean() }), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(documents, someCategories, (all, allowed) => {
        const rows = all.map(({ removed }, index) => row(index, removed));
        const files = all.flatMap(({ spokenOf, seen }, index) => (seen ? [file(index, spokenOf)] : []));
        const shown = released(rows, files.toReversed(), allowed).map(({ title }) => title);
        const expected = all.flatMap(({ spokenOf, removed, seen }, index) =>
          seen && !removed && mayLeave({ categories: spokenOf }, allowed) ? [`Document ${index}`] : [],
        );
        expect(shown).toEqual(expected);
      }),
    );
  });
});
