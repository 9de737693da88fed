import * as oidc from 'openid-client';
import { Browser, type Seen } from './browser.ts';

/** The web application as the issuer sees it: openid-client as its public client, and a browser with a person. */
export class WebApplication {
  readonly browser: Browser;

  private constructor(
    readonly base: string,
    readonly configuration: oidc.Configuration,
  ) {
    this.browser = new Browser([`${base}/signed-in`, 'https://elsewhere.example']);
  }

  static async at(base: string): Promise<WebApplication> {
    return new WebApplication(
      base,
      await oidc.discovery(new URL(base), 'web', undefined, oidc.None(), { execute: [oidc.allowInsecureRequests] }),
    );
  }

  /** Sends the browser to the issuer; it is then on the sign-in page, or already back. */
  async begin(more: Readonly<Record<string, string>> = {}): Promise<Begun> {
    const verifier = oidc.randomPKCECodeVerifier();
    const state = oidc.randomState();
    const address = oidc.buildAuthorizationUrl(this.configuration, {
      redirect_uri: `${this.base}/signed-in`,
      scope: 'openid',
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      ...more,
    });
    return { verifier, state, seen: await this.browser.open(address) };
  }

  /** Starts, and selects this person on the page. */
  async signIn(login: string, more: Readonly<Record<string, string>> = {}): Promise<Begun> {
    const begun = await this.begin(more);
    return { ...begun, seen: await this.browser.submit(begun.seen, { login }) };
  }

  exchange({ seen, verifier, state }: Begun): ReturnType<typeof oidc.authorizationCodeGrant> {
    return oidc.authorizationCodeGrant(this.configuration, seen.url, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      idTokenExpected: true,
    });
  }

  refresh(token: string | undefined): ReturnType<typeof oidc.refreshTokenGrant> {
    return oidc.refreshTokenGrant(this.configuration, token ?? '');
  }
}

export interface Begun {
  readonly verifier: string;
  readonly state: string;
  readonly seen: Seen;
}
