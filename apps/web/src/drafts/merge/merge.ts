import { isSameValue, type Alternative, type Content, type FieldValue } from './content.ts';

/** One of two versions of a section: what it says, and where and when it was typed. */
export interface Side {
  readonly content: Content;
  readonly device: string;
  readonly at: string;
}

/**
 * Both versions in one, field by field, against the version that both began from. A field that one side changed is as that
 * side says. Where both changed it in different ways, the later text is shown and all are kept, until a person chooses.
 * The order of the sides does not matter.
 */
export function merged(base: Content, one: Side, other: Side): Content {
  const fields: Record<string, FieldValue> = {};
  const conflicts: Record<string, readonly Alternative[]> = {};
  const contents = [base, one.content, other.content];
  for (const name of new Set(
    contents.flatMap((each) => [...Object.keys(each.fields), ...Object.keys(each.conflicts)]),
  )) {
    const { value, isContested } = mergedField(base, [one, other], name);
    if (value !== undefined) fields[name] = value;
    const kept = mergedConflict(base, [one, other], name);
    const all = isContested ? [...kept, alternative(one, name), alternative(other, name)] : kept;
    if (all.length > 0) conflicts[name] = distinct(all);
  }
  return { fields, conflicts };
}

interface MergedField {
  readonly value: FieldValue | undefined;
  readonly isContested: boolean;
}

type Sides = readonly [Side, Side];

function mergedField(base: Content, [one, other]: Sides, name: string): MergedField {
  const [before, a, b] = [base, one.content, other.content].map(({ fields }) => fields[name]);
  if (isSameValue(a, b) || isSameValue(b, before)) return { value: a, isContested: false };
  if (isSameValue(a, before)) return { value: b, isContested: false };
  // to empty a field types nothing, so what the other side typed stays
  if (isEmpty(a) || isEmpty(b)) return { value: isEmpty(a) ? (b ?? a) : a, isContested: false };
  const [latest] = distinct([alternative(one, name), alternative(other, name)]).slice(-1);
  return { value: latest?.value, isContested: true };
}

function isEmpty(value: FieldValue | undefined): boolean {
  return value === undefined || value === null || value === '';
}

/** What was contested before: a text that one side has dealt with is gone, a text that one side has added is there. */
function mergedConflict(base: Content, [one, other]: Sides, name: string): readonly Alternative[] {
  const [before, a, b] = [base, one.content, other.content].map(({ conflicts }) => conflicts[name] ?? []) as [
    readonly Alternative[],
    readonly Alternative[],
    readonly Alternative[],
  ];
  const has = (all: readonly Alternative[], each: Alternative): boolean =>
    all.some((known) => key(known) === key(each));
  return [...a, ...b].filter((each) => !has(before, each) || (has(a, each) && has(b, each)));
}

function alternative({ content, device, at }: Side, name: string): Alternative {
  return { value: content.fields[name] ?? null, device, at };
}

/** The earliest first; the same text typed twice on one device at one time is one. */
function distinct(all: readonly Alternative[]): readonly Alternative[] {
  return [...new Map(all.map((each) => [key(each), each])).values()].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

function key({ at, device, value }: Alternative): string {
  return JSON.stringify([at, device, value]);
}

/** The section once a person has chosen what a contested field says. */
export function settled(content: Content, name: string, value: FieldValue): Content {
  const { [name]: _chosen, ...conflicts } = content.conflicts;
  return { fields: { ...content.fields, [name]: value }, conflicts };
}

/** Both texts of a contested field, one below the other. */
export function bothTexts(all: readonly Alternative[]): string {
  return [...new Set(all.map(({ value }) => String(value ?? '')))].filter((text) => text !== '').join('\n');
}
