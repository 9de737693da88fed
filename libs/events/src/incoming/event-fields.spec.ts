import { describe, expect, it } from '@jest/globals';
import { validateSync } from 'class-validator';
import fc from 'fast-check';
import { eventClasses, fieldsOf, sealedPatterns } from '#contracts';
import type { EventClass, FieldSpec } from '#contracts';
import { eventFrom, surelyOf } from './event-fields.ts';

const ids = fc.uuid({ version: [1, 4, 7] });
const instants = fc
  .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString());
const odd = fc.oneof(
  fc.anything(),
  fc.constantFrom('', '01900000-0000-9000-8000-000000000000', '2026-13-01T00:00:00.000Z', -1, 1.5),
);

// an arbitrary takes longer to make than to use: each is made once
const digests = fc.stringMatching(sealedPatterns.digest);
const signatures = fc.stringMatching(sealedPatterns.signature);
const objects = fc.object();

function valuesOf(field: FieldSpec): fc.Arbitrary<unknown> {
  const one: fc.Arbitrary<unknown> = {
    id: ids,
    instant: instants,
    code: fc.constantFrom(...(field.codes ?? [''])),
    count: fc.integer({ min: -1, max: 2 ** 31 }),
    flag: fc.boolean(),
    digest: digests,
    signature: signatures,
    day: fc.string(),
    text: fc.string(),
    nested: objects,
  }[field.kind];
  const good = field.list ? fc.array(one, { maxLength: 4 }) : one;
  return fc.oneof(
    { arbitrary: good, weight: 20 },
    { arbitrary: odd, weight: 1 },
    { arbitrary: fc.constant(undefined), weight: 1 },
  );
}

const given = fc.oneof(
  ...eventClasses.map((eventClass) =>
    fc.tuple(
      fc.constant(eventClass),
      fc.record(Object.fromEntries(fieldsOf(eventClass).map((field) => [field.name, valuesOf(field)]))),
    ),
  ),
);

/** Checks with class-validator only. */
function accepts(eventClass: EventClass, raw: Readonly<Record<string, unknown>>): boolean {
  const there = Object.entries(raw).filter(([, value]) => value !== undefined && value !== null);
  return validateSync(Object.assign(new eventClass(), Object.fromEntries(there))).length === 0;
}

describe('The fields of an event', () => {
  it('pass the fast check only if class-validator accepts them', () => {
    let surely = 0;
    fc.assert(
      fc.property(given, ([eventClass, raw]) => {
        const sure = surelyOf(eventClass, raw);
        surely += sure ? 1 : 0;
        if (sure) expect(accepts(eventClass, raw)).toBe(true);
        expect(typeof eventFrom(eventClass, raw) !== 'string').toBe(accepts(eventClass, raw));
      }),
      { numRuns: 2_000 },
    );
    expect(surely).toBeGreaterThan(200);
  });

  it('need no class-validator for any event in the form that we publish', () => {
    for (const eventClass of eventClasses) {
      const good = fieldsOf(eventClass).map((field) => fc.tuple(fc.constant(field.name), goodOf(field)));
      const law = fc.property(fc.tuple(...good), (entries) => surelyOf(eventClass, Object.fromEntries(entries)));
      fc.assert(law, { numRuns: 5 });
    }
  });
});

function goodOf(field: FieldSpec): fc.Arbitrary<unknown> {
  const one: fc.Arbitrary<unknown> =
    field.kind === 'count' ? fc.integer({ min: field.min ?? 0, max: Math.min(field.max ?? 9, 9) }) : goodOfKind(field);
  return field.list ? fc.uniqueArray(one, { minLength: field.min ?? 0, maxLength: 5 }) : one;
}

function goodOfKind(field: FieldSpec): fc.Arbitrary<unknown> {
  if (field.kind === 'id') return ids;
  if (field.kind === 'instant') return instants;
  if (field.kind === 'digest' || field.kind === 'signature') return fc.stringMatching(sealedPatterns[field.kind]);
  return field.kind === 'flag' ? fc.boolean() : fc.constantFrom(...(field.codes ?? []));
}
