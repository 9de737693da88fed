import type { DomainEvent, InstantText, ClientId, ReferralId } from '#contracts';
import { causedBy, Timers } from '#events';
import type { Tx } from '#persistence';
import { Injectable } from '@nestjs/common';
import { closeGate } from '../consent-gate/gate.rows.ts';
import { referralsOfClient, removeDeath, writeDeath } from './death.rows.ts';

/** The timer of another referral of a client who died: due immediately, it ends what is open there. */
export const clientDeath = 'client-death';

interface Recorded {
  readonly clientId: ClientId;
  readonly referralId: ReferralId;
  readonly events: readonly { readonly event: DomainEvent }[];
  readonly at: InstantText;
}

/**
 * Records that a client died, as a fact beside all of their referrals. It is written behind the client's closed gate:
 * what was being sent has been sent, and a timer of its referral, due immediately, ends it; later commands read the fact.
 */
@Injectable()
export class Deaths {
  constructor(private readonly timers: Timers) {}

  /** Records what the events of a person's command say about the client's death, under the lock of its stream. */
  async record(
    tx: Tx,
    { clientId, referralId, events, at }: Recorded,
    { correlationId, traceparent }: { readonly correlationId: string; readonly traceparent: string | null },
  ): Promise<void> {
    const types = new Set(events.map(({ event }) => event.type));
    const died = types.has('referral.client.died');
    if (!died && !types.has('referral.client.death-undone')) return;
    await closeGate(tx, clientId);
    if (!died) return removeDeath(tx, clientId);
    await writeDeath(tx, { clientId, referralId, at });
    const cause = { correlationId, traceparent, causationId: null };
    const others = (await referralsOfClient(tx, clientId)).filter((each) => each !== referralId);
    const ending = (key: string) => ({ key, change: causedBy({ kind: clientDeath, subject: key, dueAt: at }, cause) });
    await this.timers.scheduleEach(tx, others.map(ending));
  }
}
