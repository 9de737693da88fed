import { createECDH } from 'node:crypto';

/** A private ES256 key as JWK. */
export type PrivateKey = Readonly<Record<string, unknown>>;

/** The issuer's keys: one signs, the one before it is still published. */
export interface SigningKeys {
  /** Identity alone needs it. */
  readonly signingKey: PrivateKey | null;
  /** Counts the rotations; 1 unless told. */
  readonly signingKeyNumber?: number;
  /** Of the tokens that were signed before the last rotation: they end in their own time. */
  readonly previousSigningKey?: PrivateKey | null;
}

/** Keys that all come from one source: the number says which signs, and the one before it is known again. */
export function signingKeysFrom(bytesFor: (purpose: string) => Buffer, number: number): SigningKeys {
  const key = (at: number): PrivateKey => privateKey(bytesFor(at === 1 ? 'signing-key' : `signing-key/${at}`));
  return number === 1
    ? { signingKey: key(1) }
    : { signingKey: key(number), signingKeyNumber: number, previousSigningKey: key(number - 1) };
}

/** The kept keys, or, where a higher number is wished, the made one with the kept one behind it. Never goes back. */
export function rotatedTo(number: number, kept: SigningKeys, made: PrivateKey | null): SigningKeys {
  const { signingKey, signingKeyNumber = 1, previousSigningKey = null } = kept;
  return number > signingKeyNumber
    ? { signingKey: made, signingKeyNumber: number, previousSigningKey: signingKey }
    : { signingKey, signingKeyNumber, previousSigningKey };
}

// 32 bytes are a private P-256 key unless they are 0 or past the curve's order, which nobody will ever see.
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
