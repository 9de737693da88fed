import { OnOff } from '#service';

export class IdentityConfig {
  /** Off if another OIDC issuer gives the tokens (ISSUER_URL): then nobody signs in here and /oidc does not exist. */
  @OnOff() readonly EMBEDDED_ISSUER: boolean = true;
}
