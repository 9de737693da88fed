import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { eventClasses, fieldsOf, type FieldsClass } from '#contracts';

const document = readFileSync('docs/contract.md', 'utf8');
const [, catalogue = ''] = /^### 3\.2 [^\n]*\n([^]*?)^## /m.exec(document) ?? [];
const rows = [...catalogue.matchAll(/^\| `([a-z.-]+)` +\|([^|]*)\|/gm)].map(([, type = '', fields = '']) => ({
  type,
  fields: fields.split(' ').filter((field) => field !== ''),
}));

const promised: ReadonlyMap<string, readonly string[]> = new Map(
  eventClasses.map((each) => [
    each.type,
    fieldsOf(each as unknown as FieldsClass).map(
      ({ name, list, optional }) => `${name}${list ? '[]' : ''}${optional ? '?' : ''}`,
    ),
  ]),
);

/** Later additions are in /asyncapi.json; everything in the document must be true. */
describe('The catalogue of events in docs/contract.md', () => {
  it('has events and fields that exist, each marked correctly', () => {
    expect(rows.length).toBeGreaterThan(50);
    const wrong = rows.flatMap(({ type, fields }) => {
      const own = promised.get(type);
      if (own === undefined) return [`${type}: there is no such event`];
      return fields.filter((field) => !own.includes(field)).map((field) => `${type}: it has no field ${field}`);
    });
    expect(wrong).toEqual([]);
  });
});
