import type { EventClass } from './envelope.ts';
import { fieldsOf, type FieldSpec } from './fields.ts';
import { sealedPatterns } from './fields/digest.ts';

/** JSON Schema of one field of an event; supports only the event field kinds. */
export interface FieldSchema {
  readonly type: 'string' | 'integer' | 'boolean' | 'array';
  readonly format?: 'uuid' | 'date-time';
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: FieldSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: true;
}

/** JSON Schema (2020-12) of an event's fields. Unknown fields are allowed: an old reader skips new ones. */
export interface EventSchema {
  readonly $schema: 'https://json-schema.org/draft/2020-12/schema';
  readonly $id: string;
  readonly title: string;
  readonly type: 'object';
  readonly properties: Readonly<Record<string, FieldSchema>>;
  readonly required: readonly string[];
}

/** `urn:schema:<type>:<schemaVersion>`, as in the envelope's `dataschema` (contract.md §3.1). */
export function schemaIdOf(eventClass: EventClass): string {
  return `urn:schema:${eventClass.type}:${eventClass.schemaVersion}`;
}

/** Builds the published schema of an event class from its fields. Throws for a field kind that no event may use. */
export function schemaOf(eventClass: EventClass): EventSchema {
  const fields = fieldsOf(eventClass);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: schemaIdOf(eventClass),
    title: eventClass.name,
    type: 'object',
    properties: Object.fromEntries(fields.map((field) => [field.name, fieldSchema(field)])),
    required: fields.filter(({ optional }) => !optional).map(({ name }) => name),
  };
}

/**
 * How `next` would break readers of `released`, one sentence each; empty if it would not. An optional field may be added;
 * any other change is a new class with the next schemaVersion (architecture.md §6).
 */
export function breaksOf(released: EventSchema, next: EventSchema): readonly string[] {
  const breaks: string[] = [];
  for (const [name, schema] of Object.entries(released.properties)) {
    const now = next.properties[name];
    if (now === undefined) breaks.push(`${name} is gone`);
    else if (!sameSchema(schema, now)) breaks.push(`${name} changed its meaning`);
    const wasRequired = released.required.includes(name);
    if (now !== undefined && wasRequired !== next.required.includes(name)) {
      breaks.push(wasRequired ? `${name} became optional` : `${name} became required`);
    }
  }
  for (const name of next.required) {
    if (released.properties[name] === undefined) breaks.push(`${name} is new and required`);
  }
  return breaks;
}

function fieldSchema(field: FieldSpec): FieldSchema {
  const one = itemSchema(field);
  if (!field.list) return one;
  return {
    type: 'array',
    items: one,
    minItems: field.min ?? 0,
    maxItems: field.max ?? 100,
    ...(field.kind === 'id' || field.kind === 'code' ? { uniqueItems: true } : {}),
  };
}

function itemSchema(field: FieldSpec): FieldSchema {
  switch (field.kind) {
    case 'id':
      return { type: 'string', format: 'uuid' };
    case 'code':
      return { type: 'string', enum: field.codes ?? [] };
    case 'instant':
      return { type: 'string', format: 'date-time' };
    case 'count':
      return field.list
        ? { type: 'integer', minimum: 0 }
        : { type: 'integer', minimum: field.min ?? 0, maximum: field.max ?? 2_147_483_647 };
    case 'flag':
      return { type: 'boolean' };
    case 'digest':
    case 'signature':
      return { type: 'string', pattern: sealedPatterns[field.kind].source };
    case 'day':
    case 'text':
    case 'nested':
      throw new Error(`${field.name}: an event holds no ${field.kind}`);
  }
}

function sameSchema(one: FieldSchema, other: FieldSchema): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

/** Neither key order nor the order of a code list counts as a difference. */
function sorted(schema: FieldSchema): unknown {
  const entries = Object.entries(schema).map(([key, value]: [string, unknown]): [string, unknown] => {
    if (key === 'enum') return [key, [...(value as readonly string[])].sort()];
    return [key, key === 'items' ? sorted(value as FieldSchema) : value];
  });
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
