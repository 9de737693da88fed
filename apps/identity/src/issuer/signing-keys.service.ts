import { Inject, Injectable } from '@nestjs/common';
import { DEPLOYMENT, type DeploymentConfig } from '#service';
import { signingKeyOf, type SigningKey } from './signing-key.ts';

/** The installation's keys: the current one signs; the one before the last rotation is published until the next rotation. */
@Injectable()
export class SigningKeys {
  private kept: readonly [SigningKey, ...SigningKey[]] | undefined;

  constructor(@Inject(DEPLOYMENT) private readonly deployment: DeploymentConfig) {}

  /** Nest waits for it: without a valid key the service does not start. */
  async onModuleInit(): Promise<void> {
    const { signingKey, previousSigningKey = null } = this.deployment.secrets;
    const current = await signingKeyOf(signingKey);
    this.kept = previousSigningKey === null ? [current] : [current, await signingKeyOf(previousSigningKey)];
  }

  get current(): SigningKey {
    return this.published[0];
  }

  /** The current one first. */
  get published(): readonly [SigningKey, ...SigningKey[]] {
    if (this.kept === undefined) throw new Error('the keys are not read yet');
    return this.kept;
  }
}
