import { OnOff } from '#service';

export class IdentityConfig {
  /** Off where another OIDC issuer gives the tokens (ISSUER_URL): then nobody signs in here and /oidc is not there. */
  @OnOff() readonly EMBEDDED_ISSUER: boolean = true;
}
