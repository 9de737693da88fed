import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { SessionTokenView, SignInFault } from '#contracts';
import { CLOCK, type Clock } from '#events';
import { DEPLOYMENT, ServiceUnavailable, type DeploymentConfig } from '#service';
import { GrantRefused, RelyingParty } from '../relying-party/relying-party.service.ts';
import { AcceptedTokens, expiryOf } from './accepted-tokens.service.ts';
import { draftKeyOf, SessionSecret, type HeldTokens } from './cookie/session-secret.ts';
import { SessionStore, type HeldSession } from './session-store.service.ts';

/** How often and how long a tab waits while another one asks the issuer: longer than a renewal lasts. */
const waitMs = 50;
const mostWaits = 500;

/**
 * The sessions of the web application: the refresh token stays here, and a page gets a short access token (the
 * token-mediating backend of draft-ietf-oauth-browser-based-apps).
 */
@Injectable()
export class Sessions {
  constructor(
    private readonly store: SessionStore,
    private readonly relyingParty: RelyingParty,
    private readonly accepted: AcceptedTokens,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(DEPLOYMENT) private readonly deployment: DeploymentConfig,
  ) {}

  /** The secret for the cookie; a fault if no service would accept the token of this person. */
  async open(tokens: HeldTokens): Promise<SessionSecret | SignInFault> {
    const person = await this.accepted.personOf(tokens.accessToken);
    if (typeof person === 'string') {
      await this.relyingParty.revoke(tokens.refreshToken);
      return person;
    }
    const secret = SessionSecret.random();
    await this.store.open(secret, person.personId, tokens);
    return secret;
  }

  /**
   * An access token for the session. `used`: somebody works, so it becomes idle later. Undefined if the session has ended: by time, at sign-out, at
   * the issuer, or because its person is no longer active. Tabs that ask at the same time get the same answer.
   */
  async token(secret: SessionSecret, used: boolean): Promise<SessionTokenView | undefined> {
    for (let waits = 0; waits < mostWaits; waits += 1) {
      const found = await this.store.take(secret, { used, expiryOf });
      switch (found.kind) {
        case 'none':
          return undefined;
        case 'ended':
          await this.relyingParty.revoke(found.tokens.refreshToken);
          return undefined;
        case 'shared':
          return this.answer(secret, found.session);
        case 'to renew': {
          const renewed = await this.renew(secret, found.session);
          return renewed && this.answer(secret, renewed);
        }
        case 'being renewed':
          await pause(waitMs);
      }
    }
    throw new ServiceUnavailable();
  }

  /** Ends the session here, then at the issuer where it can; nothing happens if it has ended before. */
  async end(secret: SessionSecret): Promise<void> {
    const tokens = await this.store.end(secret);
    if (tokens !== undefined) await this.relyingParty.revoke(tokens.refreshToken);
  }

  private async renew(secret: SessionSecret, session: HeldSession): Promise<HeldSession | undefined> {
    let tokens: HeldTokens;
    try {
      tokens = await this.relyingParty.renew(session.tokens.refreshToken);
    } catch (error) {
      if (!(error instanceof GrantRefused)) {
        await this.store.abandonRenewal(secret);
        throw error;
      }
      await this.store.end(secret);
      return undefined;
    }
    const renewed = await this.store.finishRenewal(secret, session, tokens);
    // signed out meanwhile: nobody may keep what was just given
    if (renewed === undefined) await this.relyingParty.revoke(tokens.refreshToken);
    return renewed;
  }

  private async answer(secret: SessionSecret, session: HeldSession): Promise<SessionTokenView | undefined> {
    const { accessToken } = session.tokens;
    const person = await this.accepted.personOf(accessToken);
    if (typeof person === 'string' || person.personId !== session.personId) {
      await this.end(secret);
      return undefined;
    }
    const { demo, secrets } = this.deployment;
    return {
      access_token: accessToken,
      expires_in: Math.floor((Date.parse(expiryOf(accessToken)) - Date.parse(this.clock.now())) / 1000),
      idleAt: demo ? null : session.idleAt,
      endsAt: session.endsAt,
      draftKey: draftKeyOf(secrets.draftSecret, session.personId),
    };
  }
}
