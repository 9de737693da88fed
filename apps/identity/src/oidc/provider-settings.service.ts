import { Inject, Injectable } from '@nestjs/common';
import type { Configuration } from 'oidc-provider';
import { CLOCK, type Clock } from '#events';
import type { DeploymentConfig } from '#service';
import { SigningKeys } from '../issuer/signing-keys.service.ts';
import { TokenSubjects } from '../issuer/token-subjects.service.ts';
import { OidcClients } from './oidc-clients.service.ts';
import { OidcRecords } from './oidc-records.service.ts';
import { providerSettings } from './provider-settings.ts';

/** Collects what the provider needs. */
@Injectable()
export class ProviderSettings {
  constructor(
    private readonly keys: SigningKeys,
    private readonly subjects: TokenSubjects,
    private readonly clients: OidcClients,
    private readonly records: OidcRecords,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  of({ issuerUrl, secrets }: DeploymentConfig): Configuration {
    const [current, ...before] = this.keys.published.map((each) => each.jwk);
    if (current === undefined) throw new Error('there is no key to sign with');
    return providerSettings({
      issuer: issuerUrl(),
      keys: [current, ...before],
      cookieKeys: secrets.cookieKeys,
      adapter: (kind) => (kind === 'Client' ? this.clients.adapter() : this.records.of(kind)),
      subjects: this.subjects,
      clock: this.clock,
    });
  }
}
