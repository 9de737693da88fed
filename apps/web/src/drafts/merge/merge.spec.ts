import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  isSameContent,
  isSameValue,
  noContent,
  rawText,
  readContent,
  written,
  type Content,
  type Fields,
} from './content.ts';
import { bothTexts, merged, settled, type Side } from './merge.ts';

const content = (fields: Fields): Content => ({ fields, conflicts: {} });
const laptop = (fields: Fields, at = '2026-11-28T14:02:00.000Z'): Side => ({
  content: content(fields),
  device: 'laptop',
  at,
});
const phone = (fields: Fields, at = '2026-11-28T14:05:00.000Z'): Side => ({
  content: content(fields),
  device: 'phone',
  at,
});

describe('two versions of a section', () => {
  const base = content({ given: 'Rosa', family: 'V', phone: '1' });

  it('that changed different fields are both in the result', () => {
    const both = merged(base, laptop({ ...base.fields, given: 'Rosita' }), phone({ ...base.fields, phone: '2' }));
    expect(both).toEqual(content({ given: 'Rosita', family: 'V', phone: '2' }));
  });

  it('that changed one field in the same way do not contest it', () => {
    expect(merged(base, laptop({ given: 'Rosita' }), phone({ given: 'Rosita' }))).toEqual(content({ given: 'Rosita' }));
  });

  it('that changed one field in different ways show the later text and keep both', () => {
    const { fields, conflicts } = merged(base, laptop({ given: 'Rosita' }), phone({ given: 'Rosalía' }));
    expect(fields).toEqual({ given: 'Rosalía' });
    expect(conflicts).toEqual({
      given: [
        { value: 'Rosita', device: 'laptop', at: '2026-11-28T14:02:00.000Z' },
        { value: 'Rosalía', device: 'phone', at: '2026-11-28T14:05:00.000Z' },
      ],
    });
    expect(bothTexts(conflicts['given'] ?? [])).toBe('Rosita\nRosalía');
  });

  it('of which one emptied the field that the other went on writing keep what was written', () => {
    const side = laptop({ ...base.fields, given: 'Rosa M.' });
    expect(merged(base, side, phone({ ...base.fields, given: '' })).fields['given']).toBe('Rosa M.');
    expect(merged(base, side, phone({ family: 'V', phone: '1' })).fields['given']).toBe('Rosa M.');
  });

  it('of which one has chosen between two texts are settled', () => {
    const contested = merged(base, laptop({ given: 'Rosita' }), phone({ given: 'Rosalía' }));
    const chosen = { ...laptop({}), content: settled(contested, 'given', 'Rosa L.') };
    const other = { ...phone({}), content: { ...contested, fields: { ...contested.fields, family: 'W' } } };
    expect(merged(contested, chosen, other)).toEqual(content({ given: 'Rosa L.', family: 'W' }));
  });
});

describe('whatever was typed on two devices', () => {
  const name = fc.constantFrom('given', 'family', 'needs/1/text');
  const value = fc.constantFrom('', 'a', 'b', 'c');
  const fields = fc.dictionary(name, value) as fc.Arbitrary<Fields>;
  const at = fc.constantFrom('2026-11-28T14:02:00.000Z', '2026-11-28T14:05:00.000Z');
  const sideOf = (given: fc.Arbitrary<Content>): fc.Arbitrary<Side> =>
    fc.record({ content: given, device: fc.constantFrom('laptop', 'phone'), at });
  const plain = fields.map(content);
  /** Contents as they come to be: by merging, choosing and typing. */
  const lived = fc
    .tuple(plain, sideOf(plain), sideOf(plain), fc.option(fc.tuple(name, value), { nil: undefined }))
    .map(([from, one, other, choice]) => {
      const both = merged(from, one, other);
      return choice === undefined ? both : settled(both, ...choice);
    });
  const texts = ({ fields: all, conflicts }: Content, field: string): readonly unknown[] => [
    all[field],
    ...(conflicts[field] ?? []).map((each) => each.value),
  ];

  it('no text is lost', () => {
    fc.assert(
      fc.property(lived, sideOf(lived), sideOf(lived), (base, one, other) => {
        const result = merged(base, one, other);
        for (const { content: side } of [one, other]) {
          for (const [field, typed] of Object.entries(side.fields)) {
            const isNew = !isSameValue(typed, base.fields[field]) && typed !== '';
            if (isNew) expect(texts(result, field)).toContain(typed);
          }
          for (const [field, all] of Object.entries(side.conflicts)) {
            const known = (base.conflicts[field] ?? []).map((each) => JSON.stringify(each));
            for (const each of all.filter((one) => !known.includes(JSON.stringify(one)))) {
              expect(result.conflicts[field]).toContainEqual(each);
            }
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('the order of the two does not matter', () => {
    fc.assert(
      fc.property(lived, sideOf(lived), sideOf(lived), (base, one, other) => {
        expect(isSameContent(merged(base, one, other), merged(base, other, one))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('one that changed nothing changes nothing, and the same twice is the same', () => {
    fc.assert(
      fc.property(lived, sideOf(lived), (base, side) => {
        expect(isSameContent(merged(base, side, { ...side, content: base }), side.content)).toBe(true);
        expect(isSameContent(merged(base, side, side), side.content)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('is read as it was written', () => {
    fc.assert(
      fc.property(lived, (each) => {
        expect(isSameContent(readContent(written(each)) ?? noContent, each)).toBe(true);
      }),
    );
  });
});

describe('a stored section', () => {
  it.each([
    '',
    'x',
    '{}',
    '[]',
    'null',
    '{"format":2,"fields":{},"conflicts":{}}',
    '{"format":1,"fields":[],"conflicts":{}}',
  ])('in an unknown form is not read: %s', (text) => {
    expect(readContent(text)).toBeUndefined();
  });

  it('can be taken elsewhere as text', () => {
    const all = merged(content({}), laptop({ given: 'Rosita', needs: ['a', 'b'] }), phone({ given: 'Rosalía' }));
    expect(rawText(all).split('\n')).toEqual([
      'given: Rosalía',
      'needs: a, b',
      'given (laptop, 2026-11-28T14:02:00.000Z): Rosita',
      'given (phone, 2026-11-28T14:05:00.000Z): Rosalía',
    ]);
  });
});
