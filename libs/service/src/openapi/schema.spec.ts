import { describe, expect, it } from '@jest/globals';
import { Code, Count, Day, Flag, Id, Instant, Nested, Text } from '#contracts';
import { Schemas } from './schema.ts';

class Inner {
  @Code(['a', 'b'], { list: true, max: 2 }) readonly codes!: readonly string[];
}

class Outer {
  @Id() readonly id!: string;
  @Instant({ optional: true }) readonly at?: string;
  @Day() readonly on!: string;
  @Count({ max: 9 }) readonly count!: number;
  @Flag() readonly flag!: boolean;
  @Text({ maxLength: 5, format: 'email' }) readonly mail!: string;
  @Nested(() => Inner, { list: true, min: 1, max: 12 }) readonly inner!: readonly Inner[];
}

class Tree {
  @Nested(() => Tree, { list: true, optional: true }) readonly branches?: readonly Tree[];
}

describe('A schema', () => {
  it('describes what every field decorator checks', () => {
    const schemas = new Schemas();
    expect(schemas.ref(Outer)).toEqual({ $ref: '#/components/schemas/Outer' });
    expect(schemas.all()['Outer']).toEqual({
      type: 'object',
      additionalProperties: false,
      required: ['id', 'on', 'count', 'flag', 'mail', 'inner'],
      properties: {
        id: { type: 'string', format: 'uuid', pattern: expect.any(String) },
        at: { anyOf: [expect.objectContaining({ type: 'string', format: 'date-time' }), { type: 'null' }] },
        on: { type: 'string', format: 'date' },
        count: { type: 'integer', minimum: 0, maximum: 9 },
        flag: { type: 'boolean' },
        mail: { type: 'string', minLength: 1, maxLength: 5, format: 'email' },
        inner: { type: 'array', items: { $ref: '#/components/schemas/Inner' }, minItems: 1, maxItems: 12 },
      },
    });
    expect(schemas.all()['Inner']).toMatchObject({
      properties: { codes: { items: { enum: ['a', 'b'] }, minItems: 0, maxItems: 2, uniqueItems: true } },
    });
  });

  it('of a class that contains itself ends', () => {
    const schemas = new Schemas();
    schemas.ref(Tree);
    expect(JSON.stringify(schemas.all())).toContain('"items":{"$ref":"#/components/schemas/Tree"}');
  });

  it('is not shared with another class of the same name', () => {
    const schemas = new Schemas();
    schemas.ref(Inner);
    expect(() => schemas.ref({ Inner: class Inner {} }.Inner)).toThrow('two classes are called Inner');
  });
});
