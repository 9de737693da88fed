import { MayBeUnset, NeededWith, OneOf, OnOff, Secret, Word } from '#service';

/** What the issuer is asked to do with a person whom it still knows; `silent`: nothing. */
export type SignInPrompt = 'login' | 'select_account' | 'silent';

export class IdentityConfig {
  /** Off if another OIDC issuer gives the tokens (ISSUER_URL): then nobody signs in here and /oidc does not exist. */
  @OnOff() readonly EMBEDDED_ISSUER: boolean = true;
  /** Our client at another issuer, for the sessions of the web application; without it they do not exist there. */
  @MayBeUnset() @Word() readonly SIGN_IN_CLIENT_ID?: string;
  @NeededWith('SIGN_IN_CLIENT_ID') @Secret(16) readonly SIGN_IN_CLIENT_SECRET?: string;
  /** Scopes that another issuer needs in order to give a refresh token and our claims. */
  @Word() readonly SIGN_IN_SCOPE: string = 'openid';
  @OneOf(['login', 'select_account', 'silent']) readonly SIGN_IN_PROMPT: SignInPrompt = 'login';
}
