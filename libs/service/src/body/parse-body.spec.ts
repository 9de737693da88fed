import { describe, expect, it } from '@jest/globals';
import { Code, Count, Day, Flag, Id, Instant, Nested, NoFields, Text } from '#contracts';
import { Invalid, type FieldFault } from '../problems/form.problems.ts';
import { parseBody, parseQuery } from './parse-body.ts';

class Need {
  @Id() readonly areaId!: string;
  @Code(['housing', 'food']) readonly need!: string;
}

class Body {
  @Text({ maxLength: 20 }) readonly title!: string;
  @Nested(() => Need, { list: true, min: 1, max: 2 }) readonly needs!: readonly Need[];
  @Nested(() => Need, { optional: true }) readonly first?: Need;
  @Instant({ optional: true }) readonly at?: string;
  @Day({ optional: true }) readonly on?: string;
  @Count({ optional: true, max: 3 }) readonly count?: number;
  @Flag({ optional: true }) readonly flag?: boolean;
  @Id({ list: true, optional: true }) readonly ids?: readonly string[];
}

class Signed {
  @Nested(() => Need) readonly signer!: Need;
}

class Query {
  @Flag({ optional: true }) readonly open?: boolean;
  @Count({ optional: true }) readonly round?: number;
  @Code(['a', 'b'], { optional: true, list: true }) readonly code?: readonly string[];
}

const areaId = '01900000-0000-7000-8000-000000000001';
const good = { title: 'hello', needs: [{ areaId, need: 'housing' }] };

function faultsOf(parse: () => unknown): readonly FieldFault[] {
  try {
    parse();
  } catch (error) {
    if (error instanceof Invalid) return error.errors;
    throw error;
  }
  return [];
}

const fieldsWrong = (body: unknown): readonly string[] =>
  faultsOf(() => parseBody(Body, body)).map((each) => each.field);

describe('A body', () => {
  it('that is valid becomes an object of its class, with its nested objects', () => {
    const parsed = parseBody(Body, good);
    expect(parsed).toBeInstanceOf(Body);
    expect(parsed.needs[0]).toBeInstanceOf(Need);
    expect(parsed).toEqual(good);
  });

  it('may omit optional fields or set them to null', () => {
    expect(parseBody(Body, { ...good, at: null, first: null })).toMatchObject(good);
  });

  it('gets every fault in one answer, each once, with its path and what is allowed', () => {
    const faults = faultsOf(() =>
      parseBody(Body, { title: '', needs: [{ areaId: 'north', need: 'gold' }], count: 9, flag: 'yes', at: 'today' }),
    );
    expect(faults).toEqual([
      { field: 'title', message: expect.any(String), allowed: 'text of 1 to 20 characters' },
      { field: 'needs[0].areaId', message: expect.any(String), allowed: 'a lower-case UUID' },
      { field: 'needs[0].need', message: expect.any(String), allowed: ['housing', 'food'] },
      { field: 'at', message: expect.any(String), allowed: 'ISO 8601 UTC with milliseconds' },
      { field: 'count', message: expect.any(String), allowed: 'a whole number from 0 to 3' },
      { field: 'flag', message: expect.any(String), allowed: ['true', 'false'] },
    ]);
  });

  it('must not contain unknown fields; the answer lists the known ones', () => {
    const faults = faultsOf(() => parseBody(Body, { ...good, extra: 1, needs: [{ areaId, need: 'food', more: 2 }] }));
    expect(faults).toEqual([
      { field: 'extra', message: expect.any(String), allowed: expect.arrayContaining(['title', 'needs', 'flag']) },
      { field: 'needs[0].more', message: expect.any(String), allowed: ['areaId', 'need'] },
    ]);
  });

  it('may set optional fields to null at any depth, but not required ones', () => {
    const body = { ...good, first: null, at: null, on: null, count: null, flag: null, ids: null };
    expect(Object.values(parseBody(Body, body)).filter((value) => value === null)).toEqual([]);
    expect(fieldsWrong({ ...good, title: null, needs: [{ areaId: null, need: 'food' }] })).toEqual([
      'title',
      'needs[0].areaId',
    ]);
  });

  it.each([
    ['on', '2028-02-29', true],
    ['on', '2026-02-29', false],
    ['on', '2026-04-31', false],
    ['on', '0000-01-01', false],
    ['at', '2028-02-29T23:59:59.999Z', true],
    ['at', '2026-02-30T09:00:00.000Z', false],
    ['at', '2026-02-28T24:00:00.000Z', false],
  ])('knows that some days do not exist: %s %s is one: %s', (field, value, exists) => {
    expect(fieldsWrong({ ...good, [field]: value })).toEqual(exists ? [] : [field]);
  });

  it('without fields accepts only nothing or an empty object', () => {
    expect(parseBody(NoFields, undefined)).toEqual({});
    expect(parseBody(NoFields, {})).toEqual({});
    expect(faultsOf(() => parseBody(NoFields, { reason: 'none' }))).toMatchObject([{ field: 'reason' }]);
  });

  it.each([
    ['a text', 'hello'],
    ['a number', 7],
    ['a list', [good]],
    ['true', true],
  ])('that is %s is not an object', (_, body) => {
    expect(fieldsWrong(body)).toEqual(['body']);
  });

  it('that is missing lacks every required field', () => {
    expect(fieldsWrong(undefined)).toEqual(['title', 'needs']);
    expect(fieldsWrong(null)).toEqual(['title', 'needs']);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'Ann'],
    ['a list', []],
    ['a list of good ones', [{ areaId, need: 'food' }]],
  ])('has an object where one is required, not %s', (_, signer) => {
    expect(faultsOf(() => parseBody(Signed, { signer }))).toMatchObject([{ field: 'signer' }]);
  });

  it('has objects in a list of objects', () => {
    expect(fieldsWrong({ ...good, needs: [null] })).toEqual(['needs[0]']);
    expect(fieldsWrong({ ...good, needs: ['housing', []] })).toEqual(['needs[0]']);
    expect(fieldsWrong({ ...good, needs: [[]] })).toEqual(['needs']);
  });

  it('has lists where required, of the allowed length, without duplicates', () => {
    expect(fieldsWrong({ ...good, needs: {} })).toEqual(['needs']);
    expect(fieldsWrong({ ...good, needs: [] })).toEqual(['needs']);
    expect(fieldsWrong({ ...good, needs: [good.needs[0], good.needs[0], good.needs[0]] })).toEqual(['needs']);
    expect(fieldsWrong({ ...good, ids: [areaId, areaId] })).toEqual(['ids']);
    expect(fieldsWrong({ ...good, ids: [areaId, null] })).toEqual(['ids']);
  });

  it('contains only text that the database can store', () => {
    expect(fieldsWrong({ ...good, title: 'a\0b' })).toEqual(['title']);
    expect(fieldsWrong({ ...good, title: 'half a pair \ud83d' })).toEqual(['title']);
    expect(fieldsWrong({ ...good, title: 'a whole one 😀' })).toEqual([]);
  });

  it('that is too deep is refused at any depth, with the path at which it becomes too deep', () => {
    const deep: unknown = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
    expect(fieldsWrong({ ...good, title: deep })).toEqual([`title${'[0]'.repeat(20)}`]);
  });

  it.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])(
    'cannot smuggle %s in as a field',
    (name) => {
      const body = JSON.parse(`{"title":"hello","needs":[{"areaId":"${areaId}","need":"food"}],"${name}":{"x":1}}`);
      const faults = faultsOf(() => parseBody(Body, body));
      expect(({} as { x?: number }).x).toBeUndefined();
      // either rejected by name or dropped: never a field of the parsed body
      if (faults.length === 0) expect(Object.hasOwn(parseBody(Body, body), name)).toBe(false);
    },
  );
});

describe('A query', () => {
  it('has flags and counts as text, and a list as one or several values of the same name', () => {
    expect(parseQuery(Query, { open: 'true', round: '2', code: 'a' })).toEqual({ open: true, round: 2, code: ['a'] });
    expect(parseQuery(Query, { code: ['a', 'b'] })).toEqual({ code: ['a', 'b'] });
  });

  it('leaves paging and positions to their own parsers', () => {
    expect(parseQuery(Query, { cursor: 'x', limit: '10', after: 'y' })).toEqual({});
  });

  it.each([
    ['open', { open: 'yes' }],
    ['open', { open: ['true', 'false'] }],
    ['round', { round: '1.5' }],
    ['code[0]', { code: 'c' }],
    ['state', { state: 'open' }],
  ])('names the fault in %s', (field, query) => {
    expect(faultsOf(() => parseQuery(Query, query)).map((each) => each.field.split('[')[0])).toEqual([
      field.split('[')[0],
    ]);
  });
});
