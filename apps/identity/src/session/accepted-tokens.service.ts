import { Inject, Injectable } from '@nestjs/common';
import { decodeJwt } from 'jose';
import { SignInRequired, TokenVerifier, type Actor } from '#access';
import type { InstantText, SignInFault } from '#contracts';
import { LOG, Roster, type Log } from '#service';

/** Whom an access token is for, as every service sees it. */
@Injectable()
export class AcceptedTokens {
  constructor(
    private readonly verifier: TokenVerifier,
    private readonly roster: Roster,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /**
   * `inactive`: the person, or their organization, is not active or has none of the roles left. `failed`: no service would
   * accept the token. Throws `IssuerUnavailable` if the issuer's keys are away.
   */
  async personOf(accessToken: string): Promise<Actor | SignInFault> {
    let said: Actor;
    try {
      said = await this.verifier.verify(accessToken);
    } catch (error) {
      if (!(error instanceof SignInRequired)) throw error;
      this.log.error(
        {},
        'the access token of the issuer is not valid here: see "Another OIDC issuer" in docs/operate.md',
      );
      return 'failed';
    }
    const held = await this.roster.holding(said);
    return held === undefined || held.roles.length === 0 ? 'inactive' : held;
  }
}

/** When a verified token expires. */
export function expiryOf(accessToken: string): InstantText {
  return new Date((decodeJwt(accessToken).exp ?? 0) * 1000).toISOString();
}
