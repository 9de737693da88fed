import { readScope, type Actor } from '#access';
import type { BoardAsked, Need, OrganizationId, PersonId, TaskState, WaitsFor } from '#contracts';
import type { SectionsWanted } from '../../urgency/sections.ts';
import { eachOf, filtered, type EndedSlice, type Slice } from '../../urgency/slices.ts';

/** The reader: the network sees the actual state, the sender what may be reported to it. */
export type Eyes = 'network' | 'sender';

/** What every statement over a board takes, in this order. */
export type BoardFilter = readonly [
  owner: string,
  need: Need | null,
  states: readonly TaskState[] | null,
  organizationId: OrganizationId | null,
  createdBy: PersonId | null,
  waitsFor: WaitsFor | null,
];

export function eyesOf(actor: Actor): Eyes {
  return readScope(actor).kind === 'network' ? 'network' : 'sender';
}

export function boardFilter(actor: Actor, asked: BoardAsked): BoardFilter {
  const { need, state, organizationId, mine, waitsFor } = asked;
  const owner = eyesOf(actor) === 'network' ? actor.networkId : actor.organizationId;
  const createdBy = mine === true ? actor.personId : null;
  return [owner, need ?? null, state ?? null, organizationId ?? null, createdBy, waitsFor ?? null];
}

/** A settled need waits for nobody. */
export function boardSections({ dueGroup, open, waitsFor }: BoardAsked): SectionsWanted {
  return { group: dueGroup, open, ended: waitsFor === undefined || waitsFor === 'nobody' };
}

/** The index by which its ended rows are found; undefined if they are read in their order. */
export function endedSlice({ state, mine }: BoardAsked): Exclude<EndedSlice, 'ended rerouting'> | undefined {
  if (mine === true) return 'ended of person';
  return state === undefined ? undefined : 'ended by state';
}

/**
 * The rows of a board in SQL. `from` is the number of the first parameter of the filter; `first` is their order and limit,
 * inside by the columns of the reader, `merged` by the plain names.
 */
export function boardSql(asked: {
  readonly eyes: Eyes;
  readonly columns: string;
  readonly slice: Slice | 'open';
  readonly condition: string;
  readonly first: string;
  readonly merged: string;
  readonly from: number;
}): string {
  const { eyes, columns, slice, condition, first, merged, from } = asked;
  const prefix = eyes === 'sender' ? 'sender_' : '';
  const key = eyes === 'sender' ? 'sender_organization_id' : 'network_id';
  const [owner, need, states, organization, createdBy, waitsFor] = [0, 1, 2, 3, 4, 5].map((each) => `$${from + each}`);
  const wanted = filtered([
    'need is not null',
    `(${need}::text is null or need = ${need})`,
    `(${states}::text[] is null or ${prefix}state = any(${states}))`,
    `(${organization}::uuid is null or sender_organization_id = ${organization}
      or ${prefix}recipient_organization_id = ${organization})`,
    `(${createdBy}::uuid is null or created_by = ${createdBy})`,
    `(${waitsFor}::text is null or ${prefix}waits_for = ${waitsFor})`,
  ]);
  const rows = `select ${columns} from board_row where ${key} = ${owner}::uuid and ${condition} and ${wanted}`;
  if (slice === 'ended of person') return `${rows} and created_by = ${createdBy} ${first}`;
  if (slice !== 'ended by state') return `${rows} ${first}`;
  return eachOf(`${states}::text[]`, (state) => `${rows} and ${prefix}state = ${state} ${first}`, merged);
}
