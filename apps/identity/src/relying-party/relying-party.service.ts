import { Inject, Injectable } from '@nestjs/common';
import * as oidc from 'openid-client';
import { IssuerUnavailable } from '#access';
import { DEPLOYMENT, LOG, safeError, type DeploymentConfig, type Log } from '#service';
import { IdentityConfig } from '../identity.config.ts';
import type { HeldTokens } from '../session/cookie/session-secret.ts';
import type { SignInProgress } from '../session/flow/sign-in-cookie.ts';
import { discovered } from './discovered-issuer.ts';
import { SessionClient } from './session-client.service.ts';

/** The issuer refuses this code or refresh token: it has expired, was used, or its person may no longer sign in. */
export class GrantRefused extends Error {}

/** What a sign-in asks of the issuer in addition to the progress that binds it to its browser. */
export interface SignInHints {
  readonly loginHint: string | undefined;
  readonly uiLocales: string | undefined;
}

type SignInBinding = Pick<SignInProgress, 'state' | 'nonce' | 'verifier'>;

/**
 * Identity as a confidential client of the issuer, whichever it is: the embedded one or another (OpenID Connect Core §3.1,
 * PKCE). Every method throws `IssuerUnavailable` if the issuer does not answer.
 */
@Injectable()
export class RelyingParty {
  private configuration: Promise<oidc.Configuration> | undefined;

  constructor(
    private readonly client: SessionClient,
    private readonly config: IdentityConfig,
    @Inject(DEPLOYMENT) private readonly deployment: DeploymentConfig,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /** What binds a sign-in to the browser that begins it. */
  newBinding(): SignInBinding {
    return { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier() };
  }

  /** The issuer's address for a browser. */
  async signInAddress(returnAddress: string, binding: SignInBinding, hints: SignInHints): Promise<URL> {
    const { SIGN_IN_PROMPT: prompt, SIGN_IN_SCOPE: scope } = this.config;
    return oidc.buildAuthorizationUrl(await this.issuer(), {
      redirect_uri: returnAddress,
      scope,
      state: binding.state,
      nonce: binding.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(binding.verifier),
      code_challenge_method: 'S256',
      ...(prompt === 'silent' ? {} : { prompt }),
      ...(hints.loginHint === undefined ? {} : { login_hint: hints.loginHint }),
      ...(hints.uiLocales === undefined ? {} : { ui_locales: hints.uiLocales }),
    });
  }

  /** The tokens for the address with which the issuer sent the browser back. Throws {@link GrantRefused}. */
  async redeem(returned: URL, { state, nonce, verifier }: SignInBinding): Promise<HeldTokens> {
    const issuer = await this.issuer();
    const answer = await this.answered('redeem a code', () =>
      oidc.authorizationCodeGrant(issuer, returned, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      }),
    );
    if (answer.refresh_token === undefined) {
      this.log.error({}, 'the issuer gives no refresh token: SIGN_IN_SCOPE, or the rights of our client there');
      throw new GrantRefused('there is no refresh token');
    }
    return { accessToken: answer.access_token, refreshToken: answer.refresh_token };
  }

  /** New tokens for a session; an issuer may keep the refresh token. Throws {@link GrantRefused}. */
  async renew(refreshToken: string): Promise<HeldTokens> {
    const issuer = await this.issuer();
    const answer = await this.answered('renew a token', () => oidc.refreshTokenGrant(issuer, refreshToken));
    return { accessToken: answer.access_token, refreshToken: answer.refresh_token ?? refreshToken };
  }

  /** Ends the refresh token at the issuer, if it offers that (RFC 7009). A session ends here in any case. */
  async revoke(refreshToken: string): Promise<void> {
    try {
      const issuer = await this.issuer();
      if (issuer.serverMetadata().revocation_endpoint === undefined) return;
      await oidc.tokenRevocation(issuer, refreshToken, { token_type_hint: 'refresh_token' });
    } catch (error) {
      this.log.warn({ error: safeError(error, 'dropped') }, 'a refresh token could not be revoked at the issuer');
    }
  }

  private async issuer(): Promise<oidc.Configuration> {
    const { issuerUrl, issuerInsideUrl: insideUrl } = this.deployment;
    const { credentials } = this.client;
    if (credentials === undefined) throw new Error('there is no client for sessions at this issuer');
    const address = { issuerUrl: issuerUrl(), ...(insideUrl === undefined ? {} : { insideUrl: insideUrl() }) };
    this.configuration ??= discovered(address, credentials);
    try {
      return await this.configuration;
    } catch (error) {
      this.configuration = undefined;
      throw new IssuerUnavailable({ cause: error });
    }
  }

  private async answered<T>(what: string, ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof oidc.ResponseBodyError && error.error === 'invalid_grant') {
        throw new GrantRefused('the issuer refuses the grant', { cause: error });
      }
      // the log names what is wrong with the client or its settings; for a person all of it passes
      const { code, error: said } = error as { readonly code?: unknown; readonly error?: unknown };
      this.log.warn({ code, said, error: safeError(error, 'dropped') }, `the issuer did not ${what}`);
      throw new IssuerUnavailable({ cause: error });
    }
  }
}
