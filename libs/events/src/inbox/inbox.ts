import type { Tx } from '#persistence';
import { isParkedStatement, reachedStatement } from './inbox.statements.ts';
import { serviceOf } from '../incoming/incoming.ts';

/** A group, and a service whose events it reads. */
export interface Following {
  readonly group: string;
  readonly source: string;
}

/** Tells what this service has read, for requests that wait for a position. */
export class Inbox {
  private readonly groupsBySource = new Map<string, Set<string>>();

  /**
   * Tells whether an event of this key is parked in this group, which means that the group's view of the key is not up to
   * date.
   */
  async isParked(tx: Tx, group: string, key: string): Promise<boolean> {
    const [row] = await tx.query(isParkedStatement, [group, key]);
    return row?.parked === true;
  }

  /** Tells whether any group of this service reads the events of the service `source`. */
  follows(source: string): boolean {
    return this.groupsBySource.has(serviceOf(source));
  }

  /**
   * Returns the highest version of `source`'s stream `key` that all named groups have handled; 0 if one of them has
   * handled nothing. By default: the groups of this service that read `source`. Without any group it is
   * Number.MAX_SAFE_INTEGER.
   */
  async reached(tx: Tx, source: string, key: string, groups?: readonly string[]): Promise<number> {
    const service = serviceOf(source);
    const asked = groups ?? [...(this.groupsBySource.get(service) ?? [])];
    if (asked.length === 0) return Number.MAX_SAFE_INTEGER;
    const [row] = await tx.query(reachedStatement, [asked, service, key]);
    return row?.groups === new Set(asked).size ? row.version : 0;
  }

  /** The strategy sets this at its start. */
  learn(followings: readonly Following[]): void {
    for (const { group, source } of followings) {
      this.groupsBySource.set(source, (this.groupsBySource.get(source) ?? new Set()).add(group));
    }
  }
}
