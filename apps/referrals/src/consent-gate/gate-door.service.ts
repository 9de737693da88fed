import { CLOCK, type Clock } from '#events';
import type { Tx } from '#persistence';
import { ConsentViewStale } from '#service';
import { Inject, Injectable } from '@nestjs/common';
import { holdGates } from './gate.rows.ts';
import { isKnown, type Permission } from '../domain/consent/permission.ts';

/**
 * The only way to learn what consent allows. The gates are held until the transaction ends: a revocation waits for the
 * transactions that hold them, and later ones wait behind the revocation (contract.md §4.1 step 4, §4.6 step 2). A stream
 * is locked before a gate is held, never after it.
 */
@Injectable()
export class GateDoor {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /**
   * Throws {@link ConsentViewStale} if our view of consent is older than 60 s, or an event of this client waits to be
   * read.
   */
  async hold(tx: Tx, clientId: string): Promise<readonly Permission[]> {
    const permissions = (await this.holdKnown(tx, [clientId])).get(clientId);
    if (permissions === undefined) throw new ConsentViewStale();
    return permissions;
  }

  /** For lists, in one round trip: the clients of whom the present state of consent is known. */
  async holdKnown(tx: Tx, clientIds: readonly string[]): Promise<ReadonlyMap<string, readonly Permission[]>> {
    const views = await holdGates(tx, clientIds);
    // The clock is read once the gates are held: waiting for them may have taken a while.
    const now = this.clock.now();
    return new Map(views.filter((view) => isKnown(view, now)).map((view) => [view.clientId, view.permissions]));
  }
}
