import type { Actor } from '#access';
import type { InboxAsked, Need, PersonId, TaskState, WaitsFor } from '#contracts';
import type { SectionsWanted } from '../urgency/sections.ts';
import { eachOf, filtered, type EndedSlice, type Slice } from '../urgency/slices.ts';

/** What every statement over an inbox takes, in this order. */
export type InboxFilter = readonly [
  agency: string,
  states: readonly TaskState[] | null,
  need: Need | null,
  owners: readonly PersonId[],
  waitsFor: WaitsFor | null,
];

export function inboxFilter(actor: Actor, { state, need, mine, ownerId, waitsFor }: InboxAsked): InboxFilter {
  const owners = [...(mine === true ? [actor.personId] : []), ...(ownerId === undefined ? [] : [ownerId])];
  return [actor.organizationId, state ?? null, need ?? null, owners, waitsFor ?? null];
}

/** An ended Task waits for nobody, or for the coordinator who looks for another agency. */
export function inboxSections({ group, open, waitsFor }: InboxAsked): SectionsWanted {
  return { group, open, ended: waitsFor === undefined || waitsFor === 'nobody' || waitsFor === 'coordinator' };
}

/** The index by which its ended rows are found; undefined if they are read in their order. */
export function endedSlice({ state, mine, ownerId, waitsFor }: InboxAsked): EndedSlice | undefined {
  if (waitsFor === 'coordinator') return 'ended rerouting';
  if (mine === true || ownerId !== undefined) return 'ended of person';
  return state === undefined ? undefined : 'ended by state';
}

/**
 * The rows of an inbox in SQL: the agency's own by one index and those that it may claim by another, each in order, then
 * merged. `from` is the number of the first parameter of the filter; `first` is their order and limit.
 */
export function inboxSql(asked: {
  readonly columns: string;
  readonly slice: Slice | 'open';
  readonly condition: string;
  readonly first: string;
  readonly from: number;
}): string {
  const { columns, slice, condition, first, from } = asked;
  const [agency, states, need, owners, waitsFor] = [0, 1, 2, 3, 4].map((index) => `$${from + index}`);
  const wanted = filtered([
    `state <> 'entered-in-error' and need is not null and sender_organization_id is not null`,
    `(${states}::text[] is null or state = any(${states}))`,
    `(${need}::text is null or need = ${need})`,
    `owner_id = all(${owners}::uuid[])`,
    `(${waitsFor}::text is null or waits_for = ${waitsFor})`,
  ]);
  const own = `select ${columns} from inbox_row where recipient_organization_id = ${agency}::uuid and ${condition}
    and ${wanted}`;
  const claimable = `select ${columns} from inbox_row where task_id = any(array(
      select task_id from inbox_claimant where organization_id = ${agency}::uuid)) and ${condition} and ${wanted} ${first}`;
  return `(${ofSlice(own)}) union all (${claimable}) ${first}`;

  function ofSlice(rows: string): string {
    switch (slice) {
      case 'ended by state':
        return eachOf(`${states}::text[]`, (state) => `${rows} and state = ${state} ${first}`, first);
      case 'ended of person':
        return `${rows} and owner_id = (${owners}::uuid[])[1] ${first}`;
      case 'ended rerouting':
        return `${rows} and waits_for = 'coordinator' ${first}`;
      default:
        return `${rows} ${first}`;
    }
  }
}
