import { Inject, Injectable } from '@nestjs/common';
import { SignJWT } from 'jose';
import type { AccessTokenView } from '#contracts';
import { CLOCK, type Clock } from '#events';
import { DEPLOYMENT, type DeploymentConfig } from '#service';
import { accessTokenClaims, tokenLifetimeSeconds, type TokenSubject } from './access-token.ts';
import { signingAlgorithm } from './signing-key.ts';
import { SigningKeys } from './signing-keys.service.ts';

/** Signs a token directly, for the demo's sign-in without a browser. Everybody else uses OIDC. */
@Injectable()
export class Issuer {
  constructor(
    private readonly keys: SigningKeys,
    @Inject(DEPLOYMENT) private readonly deployment: DeploymentConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async issue(subject: TokenSubject): Promise<AccessTokenView> {
    const { keyId, privateKey } = this.keys.current;
    const claims = accessTokenClaims(subject, { issuer: this.deployment.issuerUrl(), now: this.clock.now() });
    const token = await new SignJWT(claims)
      .setProtectedHeader({ alg: signingAlgorithm, kid: keyId, typ: 'JWT' })
      .sign(privateKey);
    return { access_token: token, token_type: 'Bearer', expires_in: tokenLifetimeSeconds };
  }
}
