import { createECDH } from 'node:crypto';

/** A private ES256 key as JWK. */
export type PrivateKey = Readonly<Record<string, unknown>>;

/** The issuer's keys: one signs, the previous one is still published. */
export interface SigningKeys {
  /** Only identity needs it. */
  readonly signingKey: PrivateKey | null;
  /** The number of rotations; by default 1. */
  readonly signingKeyNumber?: number;
  /** For tokens signed before the last rotation: they stay valid until they expire. */
  readonly previousSigningKey?: PrivateKey | null;
}

/** Keys derived from one source: the number selects the signing key, and the previous one can be derived again. */
export function signingKeysFrom(bytesFor: (purpose: string) => Buffer, number: number): SigningKeys {
  const key = (at: number): PrivateKey => privateKey(bytesFor(at === 1 ? 'signing-key' : `signing-key/${at}`));
  return number === 1
    ? { signingKey: key(1) }
    : { signingKey: key(number), signingKeyNumber: number, previousSigningKey: key(number - 1) };
}

/**
 * The stored keys or, for a higher requested number, a new key with the stored one as the previous key. The number never
 * decreases.
 */
export function rotatedTo(number: number, kept: SigningKeys, made: PrivateKey | null): SigningKeys {
  const { signingKey, signingKeyNumber = 1, previousSigningKey = null } = kept;
  return number > signingKeyNumber
    ? { signingKey: made, signingKeyNumber: number, previousSigningKey: signingKey }
    : { signingKey, signingKeyNumber, previousSigningKey };
}

// 32 bytes are a valid private P-256 key unless they are 0 or beyond the curve's order, which practically never happens.
function privateKey(bytes: Buffer): PrivateKey {
  const pair = createECDH('prime256v1');
  pair.setPrivateKey(bytes);
  const point = pair.getPublicKey();
  const text = (part: Buffer): string => part.toString('base64url');
  return {
    kty: 'EC',
    crv: 'P-256',
    x: text(point.subarray(1, 33)),
    y: text(point.subarray(33)),
    d: text(leftPadded(pair.getPrivateKey())),
  };
}

function leftPadded(bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.alloc(32 - bytes.length), bytes]);
}
