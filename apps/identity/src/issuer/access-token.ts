import type { JWTPayload } from 'jose';
import type { InstantText, NetworkId, OrganizationId, PersonId, Role } from '#contracts';

/** The subject of a token (contract.md §6.3). */
export interface TokenSubject {
  readonly personId: PersonId;
  readonly organizationId: OrganizationId;
  readonly networkId: NetworkId;
  readonly roles: readonly Role[];
  readonly scopes: readonly string[];
}

export const tokenLifetimeSeconds = 15 * 60;

export const tokenAudience = 'platform';

/** The claims of every access token, however it was obtained (contract.md §6.3). */
export function accessTokenClaims(
  subject: TokenSubject,
  { issuer, now }: { readonly issuer: string; readonly now: InstantText },
): JWTPayload {
  const issuedAt = Math.floor(Date.parse(now) / 1000);
  return {
    org: subject.organizationId,
    net: subject.networkId,
    roles: subject.roles,
    scope: subject.scopes.join(' '),
    iss: issuer,
    aud: tokenAudience,
    sub: subject.personId,
    iat: issuedAt,
    exp: issuedAt + tokenLifetimeSeconds,
  };
}
