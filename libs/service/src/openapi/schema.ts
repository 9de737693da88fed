import { fieldsOf, meaningOf, sealedPatterns, windowInWords, type FieldsClass, type FieldSpec } from '#contracts';

/** A schema object of OpenAPI 3.1, which is JSON Schema. */
export type Schema = Readonly<Record<string, unknown>>;

/** The most items of a list if the field sets no limit (contract.md §1). */
const usualMostItems = 100;
const partialDay = '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$';
const idPattern = '^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$';

/** Schemas of classes that use the field decorators; each class once, by its name, with nested ones beside it. */
export class Schemas {
  private readonly byName = new Map<string, { readonly of: FieldsClass; schema: Schema }>();

  /** A reference to the class's schema. Throws if another class has the same name: a reader could not tell them apart. */
  ref(of: FieldsClass): Schema {
    const known = this.byName.get(of.name);
    if (known !== undefined && known.of !== of) throw new Error(`two classes are called ${of.name}`);
    if (known === undefined) {
      const entry = { of, schema: {} as Schema };
      // registered before its fields are built, because a class may contain itself
      this.byName.set(of.name, entry);
      entry.schema = this.objectOf(of);
    }
    return { $ref: `#/components/schemas/${of.name}` };
  }

  /** `{items, next}` of the class. */
  page(of: FieldsClass): Schema {
    const next = { anyOf: [{ type: 'string' }, { type: 'null' }], description: 'The `cursor` of the next page.' };
    return {
      type: 'object',
      properties: { items: { type: 'array', items: this.ref(of) }, next },
      required: ['items', 'next'],
      additionalProperties: false,
    };
  }

  list(of: FieldsClass): Schema {
    return { type: 'array', items: this.ref(of) };
  }

  /** One field, as a query parameter or in an object. */
  field(spec: FieldSpec): Schema {
    if (!spec.list) return this.value(spec);
    const { min, max, ...ofOne } = spec;
    return {
      type: 'array',
      items: this.value(ofOne),
      minItems: min ?? 0,
      maxItems: max ?? usualMostItems,
      ...(spec.kind === 'id' || spec.kind === 'code' ? { uniqueItems: true } : {}),
    };
  }

  /** All referenced schemas, by name. */
  all(): Readonly<Record<string, Schema>> {
    const names = [...this.byName.keys()].sort();
    return Object.fromEntries(names.map((name) => [name, this.byName.get(name)?.schema ?? {}]));
  }

  private objectOf(of: FieldsClass): Schema {
    const fields = fieldsOf(of);
    return {
      type: 'object',
      properties: Object.fromEntries(
        fields.map((spec) => [spec.name, described(this.property(spec), meaningOf(of, spec.name))]),
      ),
      required: fields.filter((spec) => !spec.optional).map((spec) => spec.name),
      additionalProperties: false,
    };
  }

  // an absent value is null, or its key is left out (contract.md §1)
  private property(spec: FieldSpec): Schema {
    const schema = { ...this.field(spec), ...inWords(spec) };
    return spec.optional || spec.nullable === true ? { anyOf: [schema, { type: 'null' }] } : schema;
  }

  private value(spec: FieldSpec): Schema {
    switch (spec.kind) {
      case 'id':
        return { type: 'string', format: 'uuid', pattern: idPattern };
      case 'code':
        return { type: 'string', enum: [...(spec.codes ?? [])] };
      case 'instant':
        if (spec.orDay === true) {
          return { type: 'string', anyOf: [{ format: 'date' }, { format: 'date-time' }] };
        }
        return { type: 'string', format: 'date-time', examples: ['2026-01-31T09:00:00.000Z'] };
      case 'day':
        if (spec.partial === true) return { type: 'string', pattern: partialDay };
        return { type: 'string', format: 'date' };
      case 'count':
        return { type: 'integer', minimum: spec.min ?? 0, maximum: spec.max ?? 2_147_483_647 };
      case 'flag':
        return { type: 'boolean' };
      case 'digest':
      case 'signature':
        return { type: 'string', pattern: sealedPatterns[spec.kind].source };
      case 'text':
        return { type: 'string', minLength: 1, maxLength: spec.maxLength ?? 4000, ...formatOf(spec.format) };
      case 'nested':
        return spec.nested === undefined ? { type: 'object' } : this.ref(spec.nested());
    }
  }
}

// in addition to the type, such as a window of time
function described(schema: Schema, meaning: string | undefined): Schema {
  if (meaning === undefined) return schema;
  const { description: already } = schema as { readonly description?: string };
  return { ...schema, description: already === undefined ? meaning : `${meaning} ${already}` };
}

/** Rules that a schema cannot express. */
function inWords({ window, description }: FieldSpec): Schema {
  const words = [
    ...(description === undefined ? [] : [description]),
    ...(window === undefined ? [] : [windowInWords(window)]),
  ];
  return words.length === 0 ? {} : { description: words.join(' ') };
}

function formatOf(format: FieldSpec['format']): Schema {
  switch (format) {
    case 'email':
      return { format: 'email' };
    case 'sha256':
      return { pattern: '^[0-9a-f]{64}$' };
    case 'base64':
      return { contentEncoding: 'base64' };
    case undefined:
      return {};
  }
}
