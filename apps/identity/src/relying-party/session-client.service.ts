import { Inject, Injectable } from '@nestjs/common';
import { DEPLOYMENT, type DeploymentConfig } from '#service';
import { IdentityConfig } from '../identity.config.ts';
import { derivedKey } from '../session/cookie/sealed-text.ts';
import { returnPath, seats } from '../session/seat.ts';

/** The client of the sessions at the embedded issuer. */
export const sessionClientId = 'session';

export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Our own client at the issuer: configured at another one, derived at the embedded one, where both sides are ours. */
@Injectable()
export class SessionClient {
  constructor(
    private readonly config: IdentityConfig,
    @Inject(DEPLOYMENT) private readonly deployment: DeploymentConfig,
  ) {}

  /** Undefined if another issuer gives the tokens and no client of ours is configured there. */
  get credentials(): ClientCredentials | undefined {
    const { EMBEDDED_ISSUER, SIGN_IN_CLIENT_ID: clientId, SIGN_IN_CLIENT_SECRET: clientSecret } = this.config;
    if (EMBEDDED_ISSUER) return { clientId: sessionClientId, clientSecret: this.secretHere() };
    return clientId === undefined || clientSecret === undefined ? undefined : { clientId, clientSecret };
  }

  /** The address that people use: sign-ins begin and end there. */
  get publicUrl(): string {
    const { publicUrl, issuerUrl } = this.deployment;
    return (publicUrl ?? issuerUrl)();
  }

  get returnAddresses(): readonly string[] {
    return seats(this.deployment).map((seat) => `${this.publicUrl}${returnPath(seat)}`);
  }

  private secretHere(): string {
    const [cookieKey = ''] = this.deployment.secrets.cookieKeys;
    return derivedKey(cookieKey, 'client of the sessions').toString('base64url');
  }
}
