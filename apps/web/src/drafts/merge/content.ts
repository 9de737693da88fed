/** What one field of a form holds. */
export type FieldValue = string | number | boolean | null | readonly string[];

/** The fields of a section by the name that they have in the form, such as `given` or `housing/statedNeed`. */
export type Fields = Readonly<Record<string, FieldValue>>;

/** One of several texts for one field: who typed it where and when. `at`: an instant of the server or of this computer. */
export interface Alternative {
  readonly value: FieldValue;
  readonly device: string;
  readonly at: string;
}

/** A section as it is kept. `conflicts`: fields that were changed on two devices, with every text, until a person chooses. */
export interface Content {
  readonly fields: Fields;
  readonly conflicts: Readonly<Record<string, readonly Alternative[]>>;
}

export const noContent: Content = { fields: {}, conflicts: {} };

/** Of the stored form. A version of the application that changes the form counts it up and still reads the older ones. */
const format = 1;

/** As the server and the vault keep it. */
export function written({ fields, conflicts }: Content): string {
  return JSON.stringify({ format, fields, conflicts });
}

/** Undefined for a form that this version of the application does not know. */
export function readContent(text: string): Content | undefined {
  try {
    const found = JSON.parse(text) as Content & { readonly format?: unknown };
    if (found.format !== format || !isRecord(found.fields) || !isRecord(found.conflicts)) return undefined;
    return { fields: found.fields, conflicts: found.conflicts };
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isSameValue(one: FieldValue | undefined, other: FieldValue | undefined): boolean {
  if (one === other) return true;
  return Array.isArray(one) && Array.isArray(other) && JSON.stringify(one) === JSON.stringify(other);
}

export function isSameContent(one: Content, other: Content): boolean {
  return one === other || ordered(one) === ordered(other);
}

function ordered({ fields, conflicts }: Content): string {
  const sorted = (record: object): readonly (readonly [string, unknown])[] =>
    Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([sorted(fields), sorted(conflicts)]);
}

/** Every text of a section in lines, for a person who wants to take it elsewhere. */
export function rawText({ fields, conflicts }: Content): string {
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${shown(value)}`);
  const others = Object.entries(conflicts).flatMap(([name, all]) =>
    all.map(({ value, device, at }) => `${name} (${device}, ${at}): ${shown(value)}`),
  );
  return [...lines, ...others].join('\n');
}

function shown(value: FieldValue): string {
  return Array.isArray(value) ? value.join(', ') : String(value ?? '');
}
