import { OrganizationChanged, PersonChanged, type EventEnvelope } from '#contracts';
import { statement, type StatementNamed, type Tx } from '#persistence';

/** Where a service stores who works where. `languages`: also which languages they speak. */
export interface PeopleTables {
  readonly person: string;
  readonly organization: string;
  readonly languages?: boolean;
}

/** The events that {@link keepingPeople} takes. */
export const peopleEvents = [PersonChanged, OrganizationChanged] as const;

/**
 * Stores what identity and the directory publish about people and organizations. Idempotent by version: an older fact
 * never overwrites a newer one.
 */
export function keepingPeople(tables: PeopleTables): (tx: Tx, envelopes: readonly EventEnvelope[]) => Promise<void> {
  const more = tables.languages === true ? ['language'] : [];
  const people = keeping(tables.person, 'person_id', ['organization_id', 'network_id', 'roles', 'active', ...more]);
  const organizations = keeping(tables.organization, 'organization_id', ['network_id', 'kind', 'active']);
  return async (tx, envelopes) => {
    // one row per key, the newest fact: a statement may not write a row twice
    const facts = [...new Map(envelopes.map((envelope) => [envelope.key, envelope])).values()];
    const persons = facts.flatMap(({ event, streamVersion }) =>
      event instanceof PersonChanged ? [personRow(event, streamVersion)] : [],
    );
    const others = facts.flatMap(({ event, streamVersion }) =>
      event instanceof OrganizationChanged ? [organizationRow(event, streamVersion)] : [],
    );
    if (persons.length > 0) await tx.query(people, [JSON.stringify(persons)]);
    if (others.length > 0) await tx.query(organizations, [JSON.stringify(others)]);
  };
}

function keeping(table: string, key: string, columns: readonly string[]): StatementNamed<`keep replica ${string}`> {
  const all = [key, ...columns, 'version'].join(', ');
  const changes = [...columns, 'version'].map((column) => `${column} = excluded.${column}`).join(', ');
  return statement(
    `keep replica ${table}`,
    `insert into ${table} (${all}) select ${all} from jsonb_populate_recordset(null::${table}, $1::jsonb)
     on conflict (${key}) do update set ${changes} where ${table}.version < excluded.version`,
  );
}

function personRow(event: PersonChanged, version: number): object {
  return {
    person_id: event.personId,
    organization_id: event.organizationId,
    network_id: event.networkId,
    roles: [...event.roles, ...(event.houseRoles ?? [])],
    active: event.active,
    language: event.language,
    version,
  };
}

function organizationRow(event: OrganizationChanged, version: number): object {
  return {
    organization_id: event.organizationId,
    network_id: event.networkId,
    kind: event.kind,
    active: event.active,
    version,
  };
}
