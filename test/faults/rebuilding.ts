import { withClient } from '#persistence';
import { until, type Person } from '../stories/people.ts';

/** Every group that keeps rows of what it read. */
export const groups = [
  ...['coordination.board', 'coordination.timeline', 'notifications.dispatch', 'notifications.audiences'],
  ...['referrals.consent-gate', 'referrals.copies', 'referrals.delivery'],
  ...['consent.requests', 'consent.copies', 'consent.ledger'],
  ...['referrals.roster', 'consent.roster', 'notifications.roster', 'coordination.roster'],
];

export type Rows = Readonly<Record<string, readonly string[]>>;

export interface RebuildRow {
  readonly rebuildId: string;
  readonly group: string;
  readonly state: string;
  readonly streams: number;
  readonly events: number;
  readonly faults: number;
  readonly faultList: readonly object[];
  readonly waiting: string | null;
}

/** Tables made only from events, with the columns that depend on the time of writing. */
const projected: readonly string[] = [
  ...['inbox_row', 'inbox_claimant', 'board_row', 'board_referral', 'timeline_item', 'timeline_referral'].map(
    (table) => `coordination.${table}`,
  ),
  ...['gate_permission', 'organization_copy', 'healthcare_service_copy', 'policy_copy'].map(
    (table) => `referrals.${table}`,
  ),
  ...['person_copy', 'delivered_task'].map((table) => `referrals.${table}`),
  ...['consent_request', 'known_referral', 'known_organization', 'known_service', 'disclosure_entry'].map(
    (table) => `consent.${table}`,
  ),
  ...['known_person', 'known_organization', 'known_referral', 'known_task', 'known_access'].map(
    (table) => `notifications.${table}`,
  ),
  ...['referrals', 'consent', 'notifications', 'coordination'].flatMap((service) => [
    `${service}.roster_person`,
    `${service}.roster_organization`,
  ]),
];

/** Every row made from events, in a fixed order. */
export function rowsOf(adminUrl: string): Promise<Rows> {
  return withClient(adminUrl, async (client) => {
    const found: Record<string, readonly string[]> = {};
    for (const table of projected) {
      const { rows } = await client.query<{ row: string }>(
        `select to_jsonb(t)::text as row from ${table} t order by 1`,
      );
      found[table] = rows.map(({ row }) => row);
    }
    return found;
  });
}

/** Requests a rebuild of the group and waits until it has ended. */
export async function rebuilt(person: Person, group: string): Promise<RebuildRow> {
  const path = `/api/${group.split('.')[0] ?? ''}/rebuilds`;
  const { rebuildId } = await person.post<{ rebuildId: string }>(path, { group });
  const { items } = await until(
    () => person.get<{ items: readonly RebuildRow[] }>(path),
    (found) => found.items.some((each) => each.rebuildId === rebuildId && each.state !== 'running'),
    30,
  );
  return items.find((each) => each.rebuildId === rebuildId) as RebuildRow;
}
