import type { Tx } from '#persistence';
import { isParkedStatement, reachedStatement } from './inbox.statements.ts';
import { serviceOf } from '../incoming/incoming.ts';

/** A group and a service whose events it reads. */
export interface Following {
  readonly group: string;
  readonly source: string;
}

/** What this service has read, for those who wait for it. */
export class Inbox {
  private readonly groupsBySource = new Map<string, Set<string>>();

  /** Whether an event of this key waits for a person in this group, so that the group's view of the key stands still. */
  async isParked(tx: Tx, group: string, key: string): Promise<boolean> {
    const [row] = await tx.query<{ parked: boolean }>(isParkedStatement, [group, key]);
    return row?.parked === true;
  }

  /** Whether any group of this service reads what `source` (a service's name) publishes. */
  follows(source: string): boolean {
    return this.groupsBySource.has(serviceOf(source));
  }

  /**
   * The highest stream version of `source`'s stream `key` that all named groups have handled; 0 when one has handled
   * nothing. Groups default to those of this service that read `source`; without any, it is Number.MAX_SAFE_INTEGER.
   */
  async reached(tx: Tx, source: string, key: string, groups?: readonly string[]): Promise<number> {
    const service = serviceOf(source);
    const asked = groups ?? [...(this.groupsBySource.get(service) ?? [])];
    if (asked.length === 0) return Number.MAX_SAFE_INTEGER;
    const [row] = await tx.query<{ groups: number; version: number }>(reachedStatement, [asked, service, key]);
    return row?.groups === new Set(asked).size ? row.version : 0;
  }

  /** The strategy tells at its start who reads whom. */
  learn(followings: readonly Following[]): void {
    for (const { group, source } of followings) {
      this.groupsBySource.set(source, (this.groupsBySource.get(source) ?? new Set()).add(group));
    }
  }
}
