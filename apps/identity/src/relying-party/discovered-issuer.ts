import * as oidc from 'openid-client';
import type { ClientCredentials } from './session-client.service.ts';

const answerWithinSeconds = 5;

export interface IssuerAddress {
  /** The `iss` of its tokens, as browsers reach it. Without a trailing slash. */
  readonly issuerUrl: string;
  /** Where we reach it, if its own address cannot be reached from here. Without a trailing slash. */
  readonly insideUrl?: string;
}

/** Reads the issuer's discovery document (OpenID Connect Discovery §4). Throws if it is away or names another issuer. */
export function discovered(
  { issuerUrl, insideUrl = issuerUrl }: IssuerAddress,
  { clientId, clientSecret }: ClientCredentials,
): Promise<oidc.Configuration> {
  const isInsecure = [issuerUrl, insideUrl].some((each) => each.startsWith('http://'));
  return oidc.discovery(new URL(issuerUrl), clientId, undefined, secretBy(clientSecret), {
    timeout: answerWithinSeconds,
    // whoever configures an issuer without TLS has decided it: a laptop, or a network of containers
    execute: isInsecure ? [oidc.allowInsecureRequests] : [],
    [oidc.customFetch]: (url, options) => fetch(movedTo(url, issuerUrl, insideUrl), options),
  });
}

function movedTo(url: string, from: string, to: string): string {
  return url.startsWith(`${from}/`) ? `${to}${url.slice(from.length)}` : url;
}

/** By the header, which every issuer must offer unless it says otherwise (RFC 6749 §2.3.1), else in the form. */
function secretBy(clientSecret: string): oidc.ClientAuth {
  const byHeader = oidc.ClientSecretBasic(clientSecret);
  const inForm = oidc.ClientSecretPost(clientSecret);
  return (issuer, ...rest) => {
    const offered = issuer.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    return (offered.includes('client_secret_basic') ? byHeader : inForm)(issuer, ...rest);
  };
}
