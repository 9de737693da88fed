import type { FieldsClass } from '../fields.ts';

/** What fields of a command or view mean, if their names do not say it: shown in `/docs-json`. */
export type Meanings<C extends FieldsClass> = Readonly<Partial<Record<keyof InstanceType<C>, string>>>;

/** A class with the meanings of some of its fields. */
export interface Meaning {
  readonly of: FieldsClass;
  readonly fields: Readonly<Record<string, string>>;
}

/** A row of the table: TypeScript rejects a field that the class does not have. */
export function meaning<C extends FieldsClass>(of: C, fields: Meanings<C>): Meaning {
  return { of, fields: fields as Readonly<Record<string, string>> };
}

/** Codes with the meaning of each, one sentence each. */
export function codeList(codes: Readonly<Record<string, string>>): string {
  return Object.entries(codes)
    .map(([code, text]) => `\`${code}\`: ${text}`)
    .join(' ');
}
