import 'reflect-metadata';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  Min,
  ValidateBy,
  ValidateNested,
  type ValidationOptions,
} from 'class-validator';
import { dayPattern, isDay, isInstant } from './fields/calendar.ts';
import { hasLength, isMailAddress, isWithoutDoubles } from './fields/limits.ts';
import { saysSomething } from './fields/visible.ts';
import type { WindowName } from './fields/window.ts';

/**
 * The only decorators for the fields of commands, events and views. Each one validates (class-validator), and leaves a
 * {@link FieldSpec} from which JSON Schema, OpenAPI and the "no client data in an event" check are made. Instants are ISO
 * 8601 UTC with milliseconds; days are `YYYY-MM-DD`; ids are lower-case UUIDs.
 */
export type FieldKind =
  'id' | 'code' | 'instant' | 'day' | 'count' | 'flag' | 'digest' | 'signature' | 'text' | 'nested';

export interface FieldSpec {
  readonly name: string;
  readonly kind: FieldKind;
  readonly optional: boolean;
  readonly list: boolean;
  /** In a view: an absent value is `null` (contract.md §1). In a command: `null` removes the value. */
  readonly nullable?: boolean;
  readonly codes?: readonly string[];
  readonly maxLength?: number;
  readonly format?: 'email' | 'sha256' | 'base64';
  readonly min?: number;
  readonly max?: number;
  readonly nested?: () => new () => object;
  /** Commands only: a day is accepted too. */
  readonly orDay?: boolean;
  /** Commands only: how far an instant or a day may be from now; by default `sensible`. */
  readonly window?: WindowName;
  /** A day whose month and day may be unknown. */
  readonly partial?: boolean;
  /** The field's meaning in the documents, in addition to its form. */
  readonly description?: string;
}

export type FieldsClass = abstract new () => object;

/** Kinds that an event may use: none of them can hold a name, an address or a note. */
export const eventFieldKinds: readonly FieldKind[] = ['id', 'code', 'instant', 'count', 'flag', 'digest', 'signature'];

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const specs = Symbol('fields');
/** The default limit for the items of a list (contract.md §1). */
export const usualListMax = 100;

export interface FieldOptions {
  readonly optional?: boolean;
  readonly list?: boolean;
  readonly nullable?: boolean;
  /** With `list`: fewest and most items. Without: smallest and largest number. */
  readonly min?: number;
  readonly max?: number;
  readonly description?: string;
}

/** The fields of a class, inherited ones first, in the order of declaration. */
export function fieldsOf(target: FieldsClass): readonly FieldSpec[] {
  const parent = Object.getPrototypeOf(target.prototype) as object | null;
  const inherited =
    parent === null || parent === Object.prototype
      ? []
      : fieldsOf((parent as { constructor: FieldsClass }).constructor);
  const own = (Reflect.getOwnMetadata(specs, target) as FieldSpec[] | undefined) ?? [];
  return [...inherited, ...own];
}

export const Id = (options: FieldOptions = {}): PropertyDecorator =>
  field('id', options, (each) => [
    Matches(uuidPattern, {
      each,
      message: '$property must be a lower-case UUID',
      context: { allowed: 'a lower-case UUID' },
    }),
  ]);

export const Code = (codes: readonly string[], options: FieldOptions = {}): PropertyDecorator =>
  field(
    'code',
    options,
    (each) => [
      IsIn([...codes], { each, message: `$property must be one of: ${codes.join(', ')}`, context: { allowed: codes } }),
    ],
    { codes },
  );

interface TimeOptions extends FieldOptions {
  readonly window?: WindowName;
}

export const Instant = ({ window, ...options }: TimeOptions = {}): PropertyDecorator =>
  field(
    'instant',
    options,
    (each) => [
      OnCalendar(isInstant, {
        each,
        message: '$property must be an instant in UTC with milliseconds, such as 2026-01-31T09:00:00.000Z',
        context: { allowed: 'ISO 8601 UTC with milliseconds' },
      }),
    ],
    within(window),
  );

/** In a command: an instant, or a day, which means its beginning in UTC until there are calendars. */
export const InstantOrDay = ({ window, ...options }: TimeOptions = {}): PropertyDecorator => {
  const instant = (value: string): string => (dayPattern.test(value) ? `${value}T00:00:00.000Z` : value);
  const check = OnCalendar(isInstant, {
    message: '$property must be a date, or an instant in UTC with milliseconds, such as 2026-01-31T09:00:00.000Z',
    context: { allowed: 'YYYY-MM-DD, or ISO 8601 UTC with milliseconds' },
  });
  const begin = Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? instant(value) : value));
  return field('instant', options, () => [begin, check], { orDay: true, ...within(window) });
};

export const Day = ({ window, ...options }: TimeOptions = {}): PropertyDecorator =>
  field(
    'day',
    options,
    (each) => [
      OnCalendar(isDay, {
        each,
        message: '$property must be a date, YYYY-MM-DD',
        context: { allowed: 'YYYY-MM-DD' },
      }),
    ],
    within(window),
  );

function within(window: WindowName | undefined): Partial<FieldSpec> {
  return window === undefined ? {} : { window };
}

export function OnCalendar(holds: (value: string) => boolean, options: ValidationOptions): PropertyDecorator {
  return OfText('onCalendar', holds, options);
}

export function OfText(name: string, holds: (value: string) => boolean, options: ValidationOptions): PropertyDecorator {
  return ValidateBy({ name, validator: { validate: (value) => typeof value === 'string' && holds(value) } }, options);
}

function WithoutDoubles(options: ValidationOptions): PropertyDecorator {
  const validate = (value: unknown): boolean => Array.isArray(value) && isWithoutDoubles(value);
  return ValidateBy({ name: 'withoutDoubles', validator: { validate } }, options);
}

export const Count = (options: FieldOptions = {}): PropertyDecorator => {
  const { min = 0, max = 2_147_483_647, list } = options;
  const context = { allowed: list === true ? 'a whole number' : `a whole number from ${min} to ${max}` };
  return field('count', list === true ? options : { min: 0, max: 2_147_483_647, ...options }, (each) => [
    IsInt({ each, message: '$property must be a whole number', context }),
    ...(list === true
      ? []
      : [
          Min(min, { message: `$property must be at least ${min}`, context }),
          Max(max, { message: `$property must be at most ${max}`, context }),
        ]),
  ]);
};

export const Flag = (options: FieldOptions = {}): PropertyDecorator =>
  field('flag', options, (each) => [
    IsBoolean({ each, message: '$property must be true or false', context: { allowed: ['true', 'false'] } }),
  ]);

interface TextOptions extends FieldOptions {
  readonly maxLength?: number;
  readonly format?: 'email' | 'sha256' | 'base64';
  /** Accepts a text of blanks: for texts where a later rule decides whether they say enough. */
  readonly blanks?: boolean;
}

/** Free text; never in an event. It must not be blank, and has at most `maxLength` characters (4,000 by default). */
export const Text = ({ format, blanks, ...options }: TextOptions = {}): PropertyDecorator => {
  const maxLength = options.maxLength ?? 4000;
  const context = { allowed: `text of 1 to ${maxLength} characters` };
  return field(
    'text',
    options,
    (each) => [
      IsString({ each, message: '$property must be text', context }),
      OfText('minLength', (value) => value.length > 0, { each, message: '$property must not be empty', context }),
      OfText('says', (value) => value === '' || blanks === true || saysSomething(value), {
        each,
        message: '$property must contain a visible character',
        context,
      }),
      OfText('maxLength', (value) => hasLength(value, maxLength), {
        each,
        message: `$property must be at most ${maxLength} characters`,
        context,
      }),
      ...(format === undefined ? [] : formatChecks[format](each)),
    ],
    { maxLength, ...(format === undefined ? {} : { format }) },
  );
};

const formatChecks: Readonly<Record<'email' | 'sha256' | 'base64', (each: boolean) => PropertyDecorator[]>> = {
  email: (each) => [
    OfText('isEmail', isMailAddress, {
      each,
      message: '$property must be an e-mail address',
      context: { allowed: 'an e-mail address' },
    }),
  ],
  sha256: (each) => [
    Matches(/^[0-9a-f]{64}$/, {
      each,
      message: '$property must be a SHA-256 in lower-case hex',
      context: { allowed: '64 hex digits' },
    }),
  ],
  base64: () => [],
};

export const Nested = (target: () => new () => object, options: FieldOptions = {}): PropertyDecorator =>
  field(
    'nested',
    options,
    (each) => [
      ValidateNested({ each, message: '$property must be an object', context: { allowed: 'an object' } }),
      // ValidateNested alone accepts a missing object and a list of objects
      IsObject({ each, message: '$property must be an object', context: { allowed: 'an object' } }),
      Type(target),
    ],
    { nested: target },
  );

export function field(
  kind: FieldKind,
  options: FieldOptions,
  checks: (each: boolean) => PropertyDecorator[],
  more: Partial<FieldSpec> = {},
): PropertyDecorator {
  const list = options.list === true;
  const optional = options.optional === true;
  return (prototype, key) => {
    const name = String(key);
    for (const check of checks(list)) check(prototype, key);
    if (list) {
      const min = options.min ?? 0;
      const max = options.max ?? usualListMax;
      const context = { allowed: `a list of ${min} to ${max}` };
      IsArray({ message: '$property must be a list', context })(prototype, key);
      ArrayMinSize(min, { message: `$property must have at least ${min}`, context })(prototype, key);
      ArrayMaxSize(max, { message: `$property must have at most ${max}`, context })(prototype, key);
      if (kind === 'id' || kind === 'code')
        WithoutDoubles({ message: '$property must not name anything twice', context })(prototype, key);
    }
    if (optional) IsOptional()(prototype, key);
    const spec: FieldSpec = {
      name,
      kind,
      optional,
      list,
      ...(options.nullable === true ? { nullable: true } : {}),
      ...(options.min === undefined ? {} : { min: options.min }),
      ...(options.max === undefined ? {} : { max: options.max }),
      ...(options.description === undefined ? {} : { description: options.description }),
      ...more,
    };
    const target = (prototype as { constructor: FieldsClass }).constructor;
    const own = (Reflect.getOwnMetadata(specs, target) as FieldSpec[] | undefined) ?? [];
    Reflect.defineMetadata(specs, [...own, spec], target);
  };
}
