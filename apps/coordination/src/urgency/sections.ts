import type { DueGroup, InstantText } from '#contracts';
import type { PageAsked, SortKind, SortValues } from '#service';

/** The parts of a list from most to least urgent; `ended` needs no more action. */
export const sections = ['critically-overdue', 'overdue', 'due-soon', 'not-due', 'none', 'ended'] as const;
export type Section = (typeof sections)[number];

/** The content of a cursor of such a list: the instant of the first page, the section, and the last row's place in it. */
export const sectionSort: readonly SortKind[] = ['instant', 'number', 'instant-or-null', 'id'];

/** The place to continue at within a section. `dueAt` is null in sections without a due time. */
export interface Place {
  readonly dueAt: InstantText | null;
  readonly id: string;
}

/** One read: rows of a section after a place, at most `limit`, as of `asOf`. */
export interface SectionAsked {
  readonly section: Section;
  readonly asOf: InstantText;
  readonly after: Place | undefined;
  readonly limit: number;
}

/** The sections that a filter wants. `ended` false: it leaves no ended row, as these wait for nobody. */
export interface SectionsWanted {
  readonly group: DueGroup | undefined;
  readonly open: boolean | undefined;
  readonly ended?: boolean;
}

export interface Placed<Row> {
  readonly row: Row;
  readonly sort: SortValues;
}

/**
 * A page of a list sorted by urgency: section by section, each by its own index, until there is one row more than
 * requested. All pages use the instant of the first page, so no row changes its section between pages.
 */
export async function mostUrgentFirst<Row>(
  asked: PageAsked,
  within: SectionsWanted & { readonly now: InstantText },
  read: (section: SectionAsked) => Promise<readonly Row[]>,
  placeOf: (row: Row) => Place,
): Promise<{ readonly asOf: InstantText; readonly rows: readonly Placed<Row>[] }> {
  const from = startOf(asked.after, within.now);
  const rows: Placed<Row>[] = [];
  for (const [index, section] of sections.entries()) {
    const left = asked.limit + 1 - rows.length;
    if (!isWanted(section, within) || index < from.index || left === 0) continue;
    const after = index === from.index ? from.after : undefined;
    const found = await read({ section, asOf: from.asOf, after, limit: left });
    rows.push(...found.map((row) => ({ row, sort: sortOf(from.asOf, index, placeOf(row)) })));
  }
  return { asOf: from.asOf, rows };
}

/** Ended rows have no due group, so a filter for `none` includes them. */
function isWanted(section: Section, { group, open, ended = true }: SectionsWanted): boolean {
  if (section === 'ended' ? open === true || !ended : open === false) return false;
  return group === undefined || group === (section === 'ended' ? 'none' : section);
}

/**
 * The condition and continuation of a section in SQL. `prefix` names the columns of a view (`sender_`), `id` the key;
 * $1 is the moment, $2 and $3 the place to go on after. With {@link sectionOrder} one index over
 * (owner, open, due_at, id) answers every section in its order.
 */
export function sectionSql(section: Section, prefix: string, id: string): string {
  const [open, due, soon, critical] = ['open', 'due_at', 'soon_at', 'critical_at'].map((name) => `${prefix}${name}`);
  const now = '$1::timestamptz';
  const goOn = `($2::timestamptz is null or (${due}, ${id}) > ($2::timestamptz, $3::uuid))`;
  const withoutDue = `${now} is not null and $2::timestamptz is null and ($3::uuid is null or`;
  switch (section) {
    case 'critically-overdue':
      return `${open} and ${due} <= ${now} and ${critical} <= ${now} and ${goOn}`;
    case 'overdue':
      return `${open} and ${due} <= ${now} and ${critical} > ${now} and ${goOn}`;
    case 'due-soon':
      return `${open} and ${due} > ${now} and ${soon} <= ${now} and ${goOn}`;
    case 'not-due':
      return `${open} and ${due} > ${now} and ${soon} > ${now} and ${goOn}`;
    case 'none':
      return `${open} and ${due} is null and ${withoutDue} ${id} > $3::uuid)`;
    case 'ended':
      return `not ${open} and ${due} is null and ${withoutDue} ${id} < $3::uuid)`;
  }
}

/** The order within a section; ended rows newest first, because v7 ids sort by their time of creation. */
export function sectionOrder(section: Section, due: string, id: string): string {
  return section === 'ended' ? `order by ${due} desc, ${id} desc` : `order by ${due}, ${id}`;
}

function startOf(
  after: SortValues | undefined,
  now: InstantText,
): { readonly asOf: InstantText; readonly index: number; readonly after: Place | undefined } {
  const [asOf, index, dueAt, id] = after ?? [];
  if (typeof asOf !== 'string' || typeof index !== 'number' || typeof id !== 'string') {
    return { asOf: now, index: 0, after: undefined };
  }
  return { asOf, index, after: { dueAt: typeof dueAt === 'string' ? dueAt : null, id } };
}

function sortOf(asOf: InstantText, index: number, { dueAt, id }: Place): SortValues {
  return [asOf, index, sections[index] === 'none' || sections[index] === 'ended' ? null : dueAt, id];
}
