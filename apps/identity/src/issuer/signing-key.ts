import { calculateJwkThumbprint, importJWK, type CryptoKey, type JWK } from 'jose';

export const signingAlgorithm = 'ES256';

type KeptKey = Readonly<Record<string, unknown>>;

/** A key of the issuer: the private half signs, the public half is published under its thumbprint (RFC 7638). */
export interface SigningKey {
  readonly keyId: string;
  readonly privateKey: CryptoKey;
  /** Both halves with their ids: for code that signs and publishes itself. */
  readonly jwk: JWK;
}

/**
 * Reads the key from the installation's secrets. Throws for anything but a P-256 JWK, with the missing part and never
 * with the key.
 */
export async function signingKeyOf(kept: KeptKey | null): Promise<SigningKey> {
  if (kept === null) throw new Error('identity cannot issue tokens: there is no signing key');
  const { kty, crv, x, y, d } = kept as JWK;
  if (kty !== 'EC' || crv !== 'P-256' || x === undefined || y === undefined || d === undefined)
    throw new Error('identity cannot issue tokens: the signing key must be a private EC P-256 key as JWK');
  const keyId = await calculateJwkThumbprint({ kty, crv, x, y });
  const privateKey = (await importJWK({ kty, crv, x, y, d }, signingAlgorithm)) as CryptoKey;
  return { keyId, privateKey, jwk: { kty, crv, x, y, d, kid: keyId, alg: signingAlgorithm, use: 'sig' } };
}
