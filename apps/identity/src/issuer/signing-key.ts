import { calculateJwkThumbprint, importJWK, type CryptoKey, type JWK, type JSONWebKeySet } from 'jose';

export const signingAlgorithm = 'ES256';

/** The issuer's key: the private half signs, the public half is published under its thumbprint (RFC 7638). */
export interface SigningKey {
  readonly keyId: string;
  readonly privateKey: CryptoKey;
  readonly published: JSONWebKeySet;
}

/** Reads the key out of the house's secrets. Throws, naming what is missing and never the key, for any but a P-256 JWK. */
export async function signingKeyOf(kept: Readonly<Record<string, unknown>> | null): Promise<SigningKey> {
  if (kept === null) throw new Error('identity cannot issue tokens: the house has no signing key');
  const { kty, crv, x, y, d } = kept as JWK;
  if (kty !== 'EC' || crv !== 'P-256' || x === undefined || y === undefined || d === undefined)
    throw new Error('identity cannot issue tokens: the signing key must be a private EC P-256 key as JWK');
  const keyId = await calculateJwkThumbprint({ kty, crv, x, y });
  const privateKey = (await importJWK({ kty, crv, x, y, d }, signingAlgorithm)) as CryptoKey;
  return {
    keyId,
    privateKey,
    published: { keys: [{ kty, crv, x, y, kid: keyId, alg: signingAlgorithm, use: 'sig' }] },
  };
}
