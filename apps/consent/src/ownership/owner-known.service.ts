import { Inject, Injectable } from '@nestjs/common';
import type { ClientId, OrganizationId } from '#contracts';
import { UnitOfWork } from '#persistence';
import { owns } from './known-referral.rows.ts';

/** Nest injection token: how long to wait for the event about a client, and how to sleep (milliseconds). */
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
 * A planner who creates a referral and records consent immediately afterwards may be faster than the referral's event.
 * The consent would be stored and take effect a moment later; a short wait avoids that delay.
 */
@Injectable()
export class OwnerKnown {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(PATIENCE) private readonly patience: Patience,
  ) {}

  /**
   * Waits until the organization is known to own the client, or until the time limit. It waits equally long for another
   * organization's client and for one that does not exist, so that the duration reveals nothing. Never call it inside a
   * transaction.
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
