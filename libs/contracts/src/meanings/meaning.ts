import type { FieldsClass } from '../fields.ts';

/** What fields of a command or view mean, where their names do not say it: read at `/docs-json`. */
export type Meanings<C extends FieldsClass> = Readonly<Partial<Record<keyof InstanceType<C>, string>>>;

/** A class with what some of its fields mean. */
export interface Meaning {
  readonly of: FieldsClass;
  readonly fields: Readonly<Record<string, string>>;
}

/** A line of the table: TypeScript refuses a field that the class does not have. */
export function meaning<C extends FieldsClass>(of: C, fields: Meanings<C>): Meaning {
  return { of, fields: fields as Readonly<Record<string, string>> };
}

/** Codes with what each means, as one sentence each. */
export function codeList(codes: Readonly<Record<string, string>>): string {
  return Object.entries(codes)
    .map(([code, text]) => `\`${code}\`: ${text}`)
    .join(' ');
}
