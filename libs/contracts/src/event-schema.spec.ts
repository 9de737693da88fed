import { describe, expect, it } from '@jest/globals';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EventClass } from './envelope.ts';
import { event } from './envelope.ts';
import { breaksOf, schemaOf, type EventSchema } from './event-schema.ts';
import { eventClasses } from './event-types.ts';
import { Code, Count, Flag, Id, Instant, Text } from './fields.ts';

const folder = join(process.cwd(), 'libs/contracts/released');
const update = process.env['UPDATE_RELEASED'] === '1';
const renew = 'run `UPDATE_RELEASED=1 npm test -- event-schema` and commit libs/contracts/released';

const fileOf = (eventClass: EventClass): string => `${eventClass.type}.${eventClass.schemaVersion}.json`;
const textOf = (schema: EventSchema): string => `${JSON.stringify(schema, null, 2)}\n`;
mkdirSync(folder, { recursive: true });
const released = new Map(readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')]));

describe('Released event schemas', () => {
  it.each(eventClasses.map((each) => [fileOf(each), each] as const))(
    'never break a reader of %s',
    (file, eventClass) => {
      const text = released.get(file);
      const breaks = text === undefined ? [] : breaksOf(JSON.parse(text) as EventSchema, schemaOf(eventClass));
      expect(breaks).toEqual([]);
    },
  );

  it.each(eventClasses.map((each) => [fileOf(each), each] as const))('match %s as it is today', (file, eventClass) => {
    const text = textOf(schemaOf(eventClass));
    const before = released.get(file);
    const broken = before !== undefined && breaksOf(JSON.parse(before) as EventSchema, schemaOf(eventClass)).length > 0;
    if (update && !broken) writeFileSync(join(folder, file), text);
    else expect({ stale: before !== text, renew }).toEqual({ stale: false, renew });
  });

  it('stay after their class got a newer version, and there is no other file', () => {
    const newest = new Map(eventClasses.map((each) => [each.type, each.schemaVersion]));
    expect([...released.keys()].filter((file) => !isOfAVersion(file, newest))).toEqual([]);
  });
});

/** `<type>.<n>.json`, for an existing type and a version that it had, from 1 up. */
function isOfAVersion(file: string, newest: ReadonlyMap<string, number>): boolean {
  const [, type = '', version = ''] = /^(.+)\.([1-9]\d*)\.json$/.exec(file) ?? [];
  return version !== '' && Number(version) <= (newest.get(type) ?? 0);
}

describe('A file beside the released schemas', () => {
  const newest = new Map([['referral.created', 2]]);

  it.each(['referral.created.1.json', 'referral.created.2.json'])('%s is one of them', (file) => {
    expect(isOfAVersion(file, newest)).toBe(true);
  });

  it.each([
    'referral.created.3.json',
    'referral.created.0.json',
    'referral.created.01.json',
    'referral.created.json',
    'referral.created.1.yaml',
    'referral.created.1.json.orig',
    'referral.unheard-of.1.json',
    'README.md',
    '.json',
  ])('%s is not one of them', (file) => {
    expect(isOfAVersion(file, newest)).toBe(false);
  });
});

class Before extends event('referral.tested') {
  @Id() readonly referralId!: string;
  @Code(['a', 'b']) readonly letter!: string;
  @Instant({ optional: true }) readonly at?: string;
  @Count({ list: true }) readonly counts!: readonly number[];
}

describe('A changed event class', () => {
  const old = schemaOf(Before);

  it('may have a new optional field and a reordered code list', () => {
    class Next extends event('referral.tested') {
      @Code(['b', 'a']) readonly letter!: string;
      @Id() readonly referralId!: string;
      @Instant({ optional: true }) readonly at?: string;
      @Count({ list: true }) readonly counts!: readonly number[];
      @Flag({ optional: true }) readonly more?: boolean;
    }
    expect(breaksOf(old, schemaOf(Next))).toEqual([]);
  });

  it('breaks readers with every other change, and names each one', () => {
    class Next extends event('referral.tested') {
      @Id({ optional: true }) readonly referralId?: string;
      @Code(['a', 'b', 'c']) readonly letter!: string;
      @Instant() readonly at!: string;
      @Flag() readonly more!: boolean;
    }
    expect(breaksOf(old, schemaOf(Next))).toEqual([
      'referralId became optional',
      'letter changed its meaning',
      'at became required',
      'counts is gone',
      'more is new and required',
    ]);
  });

  it('has no schema with a free text', () => {
    class Loose extends event('referral.tested') {
      @Text() readonly note!: string;
    }
    expect(() => schemaOf(Loose)).toThrow('note: an event holds no text');
  });

  it('gives this schema', () => {
    expect(old).toEqual({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: 'urn:schema:referral.tested:1',
      title: 'Before',
      type: 'object',
      properties: {
        referralId: { type: 'string', format: 'uuid' },
        letter: { type: 'string', enum: ['a', 'b'] },
        at: { type: 'string', format: 'date-time' },
        counts: { type: 'array', items: { type: 'integer', minimum: 0 }, minItems: 0, maxItems: 100 },
      },
      required: ['referralId', 'letter', 'counts'],
    });
  });
});
