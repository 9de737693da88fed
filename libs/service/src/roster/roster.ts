import type { DataSource } from 'typeorm';
import { stillHeld, type Actor, type Known, type KnownOrganization, type KnownPerson } from '#access';
import type { Clock } from '#events';

/** How long a person's row is cached: a change of which this process was not notified takes effect after that time. */
const believedMs = 3000;
const mostKept = 10_000;

/** One round trip, two primary keys. */
const knownSql = `select row_to_json(p) as person, row_to_json(o) as organization
  from (select) as one
  left join (select organization_id as "organizationId", network_id as "networkId", roles, active
             from roster_person where person_id = $1) as p on true
  left join (select network_id as "networkId", kind, active
             from roster_organization where organization_id = $2) as o on true`;

interface KnownRow {
  readonly person: KnownPerson | null;
  readonly organization: KnownOrganization | null;
}

interface Kept {
  readonly readAt: number;
  readonly known: Promise<Known>;
}

export interface RosterParts {
  readonly dataSource: Pick<DataSource, 'query'>;
  readonly clock: Clock;
}

/**
 * Who works where, as the events of identity and the directory say: a token is valid only as far as the roster
 * agrees. Read at most once per person in {@link believedMs}, so that a busy caller costs nothing.
 */
export class Roster {
  private readonly kept = new Map<string, Kept>();
  private readonly listeners = new Set<() => void>();

  constructor(private readonly parts: RosterParts) {}

  /** What is still valid of the token; undefined if nothing is. Throws if the database cannot tell. */
  async holding(said: Actor): Promise<Actor | undefined> {
    return stillHeld(said, await this.known(said));
  }

  /** Somebody has changed: all cached rows are dropped, and the listeners are called. */
  forget(): void {
    this.kept.clear();
    this.listeners.forEach((listener) => listener());
  }

  /** Calls `listener` when somebody has changed. */
  onChange(listener: () => void): void {
    this.listeners.add(listener);
  }

  private known({ personId, organizationId }: Actor): Promise<Known> {
    const key = `${personId} ${organizationId}`;
    const now = Date.parse(this.parts.clock.now());
    const kept = this.kept.get(key);
    // a clock that was set back must not keep an old answer longer
    if (kept !== undefined && Math.abs(now - kept.readAt) < believedMs) return kept.known;
    const known = this.read(personId, organizationId);
    this.keep(key, { readAt: now, known });
    known.catch(() => this.drop(key, known));
    return known;
  }

  private async read(personId: string, organizationId: string): Promise<Known> {
    const [row] = await this.parts.dataSource.query<readonly KnownRow[]>(knownSql, [personId, organizationId]);
    return { person: row?.person ?? undefined, organization: row?.organization ?? undefined };
  }

  private keep(key: string, kept: Kept): void {
    this.kept.delete(key);
    this.kept.set(key, kept);
    const [oldest] = this.kept.keys();
    if (this.kept.size > mostKept && oldest !== undefined) this.kept.delete(oldest);
  }

  private drop(key: string, known: Promise<Known>): void {
    if (this.kept.get(key)?.known === known) this.kept.delete(key);
  }
}
