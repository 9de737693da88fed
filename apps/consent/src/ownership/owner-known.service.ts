import { Inject, Injectable } from '@nestjs/common';
import type { ClientId, OrganizationId } from '#contracts';
import { UnitOfWork } from '#persistence';
import { owns } from './known-referral.rows.ts';

/** Nest injection token: how long to wait for news of a client, and how to sleep (milliseconds). */
export const PATIENCE: unique symbol = Symbol('patience');

export interface Patience {
  readonly longestMs: number;
  readonly sleep: (ms: number) => Promise<void>;
}

export const patience: Patience = {
  longestMs: 2000,
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/**
 * A planner who makes a referral and records consent in the next breath may be faster than the news of the referral.
 * The consent would be stored and take effect a moment later; a short wait spares people that moment.
 */
@Injectable()
export class OwnerKnown {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(PATIENCE) private readonly patience: Patience,
  ) {}

  /**
   * Until the organization is known to own the client, or patience runs out. It waits the same for a client of somebody
   * else as for one that does not exist, so that time tells nothing. Never inside a transaction.
   */
  async wait(clientId: ClientId, organizationId: OrganizationId): Promise<void> {
    const { longestMs, sleep } = this.patience;
    for (let slept = 0, pause = 20; !(await this.known(clientId, organizationId)); slept += pause, pause *= 2) {
      if (slept >= longestMs) return;
      await sleep(pause);
    }
  }

  private known(clientId: ClientId, organizationId: OrganizationId): Promise<boolean> {
    return this.unitOfWork.run({ kind: 'system', key: '' }, (tx) => owns(tx, organizationId, clientId));
  }
}
