import { Inject, Injectable } from '@nestjs/common';
import { SignJWT, type JSONWebKeySet } from 'jose';
import type { AccessTokenView, NetworkId, OrganizationId, PersonId, Role } from '#contracts';
import { CLOCK, type Clock } from '#events';
import { HOUSE, type HouseConfig } from '#service';
import { signingAlgorithm, signingKeyOf, type SigningKey } from './signing-key.ts';

/** Of whom a token speaks (contract.md §6.3). */
export interface TokenSubject {
  readonly personId: PersonId;
  readonly organizationId: OrganizationId;
  readonly networkId: NetworkId;
  readonly roles: readonly Role[];
  readonly scopes: readonly string[];
}

const lifetimeSeconds = 15 * 60;
const audience = 'platform';

/** Signs tokens with the house's own key. Another OIDC issuer may take its place: nobody but this room knows it. */
@Injectable()
export class Issuer {
  private readonly key: Promise<SigningKey>;

  constructor(
    @Inject(HOUSE) private readonly house: HouseConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.key = signingKeyOf(house.secrets.signingKey);
    // whoever asks for the key hears of it; a start without one must not end the process unheard
    this.key.catch(() => undefined);
  }

  /** Nest waits for it: a house without a proper key does not come up. */
  async onModuleInit(): Promise<void> {
    await this.key;
  }

  async keySet(): Promise<JSONWebKeySet> {
    return (await this.key).published;
  }

  async issue(subject: TokenSubject): Promise<AccessTokenView> {
    const { keyId, privateKey } = await this.key;
    const issuedAt = Math.floor(Date.parse(this.clock.now()) / 1000);
    const token = await new SignJWT({
      org: subject.organizationId,
      net: subject.networkId,
      roles: subject.roles,
      scope: subject.scopes.join(' '),
    })
      .setProtectedHeader({ alg: signingAlgorithm, kid: keyId, typ: 'JWT' })
      .setIssuer(this.house.issuerUrl())
      .setAudience(audience)
      .setSubject(subject.personId)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + lifetimeSeconds)
      .sign(privateKey);
    return { access_token: token, token_type: 'Bearer', expires_in: lifetimeSeconds };
  }

  /** OpenID Connect Discovery 1.0 §3. */
  discovery(): Readonly<Record<string, unknown>> {
    const issuer = this.house.issuerUrl();
    return {
      issuer,
      jwks_uri: `${issuer}/oidc/jwks`,
      token_endpoint: `${issuer}/oidc/token`,
      grant_types_supported: ['client_credentials'],
      response_types_supported: [],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: [signingAlgorithm],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
      scopes_supported: ['candidates:read', 'contact:read', 'network'],
    };
  }
}
