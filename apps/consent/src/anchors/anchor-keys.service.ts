import { Inject, Injectable } from '@nestjs/common';
import { DEPLOYMENT, type DeploymentConfig } from '#service';
import { anchorKeyOf, type AnchorKey, type SigningAnchorKey } from './anchor.ts';

/** The issuer's keys: the current one signs anchors; the one before the last rotation is still accepted. */
@Injectable()
export class AnchorKeys {
  readonly current: SigningAnchorKey;
  readonly known: readonly AnchorKey[];

  constructor(@Inject(DEPLOYMENT) { secrets }: DeploymentConfig) {
    this.current = anchorKeyOf(secrets.signingKey);
    const { previousSigningKey = null } = secrets;
    this.known = previousSigningKey === null ? [this.current] : [this.current, anchorKeyOf(previousSigningKey)];
  }
}
