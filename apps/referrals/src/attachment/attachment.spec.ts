import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { attachmentContentTypes, categories, type AttachmentContentType, type Category } from '#contracts';
import { idOf } from '#decider/testing';
import type { AttachmentRow } from '../state/state.ts';
import { isWhatItSays, mayLeave, released, type AttachmentFile } from './attachment.ts';

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

describe('the bytes of an attachment', () => {
  const beginnings: Readonly<Record<AttachmentContentType, readonly number[]>> = {
    'application/pdf': [...Buffer.from('%PDF-1.4')],
    'image/jpeg': [0xff, 0xd8, 0xff, 0xe0],
    'image/png': [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    'text/plain': [...Buffer.from('Walks with a frame; pain at night, no años')],
  };

  it.each(attachmentContentTypes)(
    'that begin as %s does are that, and no image or document of another type',
    (type) => {
      const bytes = Uint8Array.from(beginnings[type]);
      const others = attachmentContentTypes.filter((each) => each !== type && each !== 'text/plain');
      expect(isWhatItSays(type, bytes)).toBe(true);
      expect(others.filter((each) => isWhatItSays(each, bytes))).toEqual([]);
    },
  );

  it('are no text where they are not UTF-8, or hold NUL', () => {
    for (const bytes of [beginnings['image/jpeg'], beginnings['image/png'], [0xc3], [0x61, 0x00]]) {
      expect(isWhatItSays('text/plain', Uint8Array.from(bytes))).toBe(false);
    }
  });

  it('that are cut short are nothing', () => {
    for (const type of ['application/pdf', 'image/jpeg', 'image/png'] as const) {
      expect(isWhatItSays(type, Uint8Array.from(beginnings[type].slice(0, 2)))).toBe(false);
    }
  });

  it.each([
    ['two line ends before', '\n\n%PDF-1.7\n1 0 obj', true],
    ['a scanner header before', `${'x'.repeat(1023)}%PDF-1.4\n`, true],
    ['too much before', `${'x'.repeat(1024)}%PDF-1.4\n`, false],
    ['five bytes', '%PDF-', false],
    ['no version', '%PDF-x.y\n1 0 obj', false],
    ['a version cut short', '%PDF-1', false],
    ['nothing of it', 'hello', false],
  ])('of a PDF with %s are taken: %# [W20]', (_what, text, taken) => {
    expect(isWhatItSays('application/pdf', Buffer.from(text, 'latin1'))).toBe(taken);
  });

  it.each<[AttachmentContentType, readonly number[]]>([
    ['image/jpeg', [0xff, 0xd8, 0xff]],
    ['image/jpeg', [0xff, 0xd8, 0xff, 0x00]],
    ['image/jpeg', [0xff, 0xd8, 0xff, 0xd9]],
    ['image/png', [0x89, 0x50, 0x4e, 0x47]],
    ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]],
  ])('of a %s that stop in its beginning are refused: %j [W20]', (type, bytes) => {
    expect(isWhatItSays(type, Uint8Array.from(bytes))).toBe(false);
  });
});
