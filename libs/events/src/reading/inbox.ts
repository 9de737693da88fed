import type { Tx } from '#persistence';

/** What this service has read, for those who wait for it. */
export class Inbox {
  /** Whether an event of this key waits for a person in this group, so that the group's view of the key stands still. */
  async isParked(_tx: Tx, _group: string, _key: string): Promise<boolean> {
    throw new Error('not built yet');
  }

  /** Whether any group of this service reads what `source` (a service's name) publishes. */
  follows(_source: string): boolean {
    throw new Error('not built yet');
  }

  /**
   * The highest stream version of `source`'s stream `key` that all named groups have handled; 0 when one has handled
   * nothing. Groups default to those of this service that read `source`; without any, it is Number.MAX_SAFE_INTEGER.
   */
  async reached(_tx: Tx, _source: string, _key: string, _groups?: readonly string[]): Promise<number> {
    throw new Error('not built yet');
  }

  /** The strategy tells at its start who reads whom. */
  learn(_pairs: readonly { readonly group: string; readonly source: string }[]): void {
    throw new Error('not built yet');
  }
}
