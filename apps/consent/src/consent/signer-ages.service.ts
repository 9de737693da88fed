import { Inject, Injectable } from '@nestjs/common';
import type { ClientAgeView, ClientId, InstantText, OrganizationId } from '#contracts';
import { LOG, Peers, safeError, type Log } from '#service';
import type { SignerAge } from '../validity/contradictions.ts';

const unknown: SignerAge = { born: null, adult: null };

/** Asks referrals how old the client was, so that consent never stores a birth date. Never call it inside a transaction. */
@Injectable()
export class SignerAges {
  constructor(
    private readonly peers: Peers,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /** Unknown if referrals is unavailable or does not know the client: the paper is stored, and all other rules apply. */
  async at(clientId: ClientId, organizationId: OrganizationId, at: InstantText | null | undefined): Promise<SignerAge> {
    if (at === null || at === undefined) return unknown;
    try {
      return await this.peers.post<ClientAgeView>('/api/referrals/clients/ages', { clientId, organizationId, at });
    } catch (error) {
      this.log.warn(
        { error: safeError(error) },
        'a consent is recorded without its signer’s age: referrals did not say it',
      );
      return unknown;
    }
  }
}
