import {
  createHash,
  createPrivateKey,
  createPublicKey,
  sign,
  verify,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto';
import { LedgerAnchored, type InstantText } from '#contracts';

/** The key of the stream that contains anchors and verifications; also the scope in which the whole ledger is read. */
export const ledgerStream = '01930000-0000-7000-8000-00001ed9e700';

/** The `previous` of the first anchor. */
export const firstAnchor = '0'.repeat(64);

/** The last entry of one client's chain. */
export interface ChainHead {
  readonly clientId: string;
  readonly place: number;
  readonly seal: string;
}

/** An anchor as an outside copy of it. */
export interface AnchorMark {
  readonly number: number;
  readonly digest: string;
}

/** The content of an anchor without its signature. */
export type AnchorTerms = Omit<LedgerAnchored, 'type' | 'keyId' | 'signature'>;

export interface AnchorKey {
  readonly keyId: string;
  readonly publicKey: KeyObject;
}

export interface SigningAnchorKey extends AnchorKey {
  readonly privateKey: KeyObject;
}

/** The signed text: every field, in an order that never changes. */
function anchorText(terms: AnchorTerms): string {
  const { number, anchoredAt, previous, clientIds, places, seals } = terms;
  return JSON.stringify(['consent.ledger.anchored', number, anchoredAt, previous, clientIds, places, seals]);
}

/** SHA-256 (hex) of the text: the next anchor's `previous`. */
export function anchorDigest(terms: AnchorTerms): string {
  return createHash('sha256').update(anchorText(terms)).digest('hex');
}

/** Makes the next anchor over these heads, of which there is at least one. */
export function anchorOf(
  heads: readonly ChainHead[],
  after: AnchorMark,
  anchoredAt: InstantText,
  key: SigningAnchorKey,
): LedgerAnchored {
  const terms: AnchorTerms = {
    number: after.number + 1,
    anchoredAt,
    previous: after.digest,
    clientIds: heads.map((each) => each.clientId),
    places: heads.map((each) => each.place),
    seals: heads.map((each) => each.seal),
  };
  const signature = sign('sha256', Buffer.from(anchorText(terms)), { key: key.privateKey, dsaEncoding: 'ieee-p1363' });
  return LedgerAnchored.of({ ...terms, keyId: key.keyId, signature: signature.toString('base64url') });
}

export function isSignedBy(anchor: LedgerAnchored, key: AnchorKey): boolean {
  const signature = Buffer.from(anchor.signature, 'base64url');
  return verify(
    'sha256',
    Buffer.from(anchorText(anchor)),
    { key: key.publicKey, dsaEncoding: 'ieee-p1363' },
    signature,
  );
}

/** An issuer's key (private P-256 JWK) in the form that anchors use. Throws with the missing part, never with the key. */
export function anchorKeyOf(jwk: Readonly<Record<string, unknown>> | null): SigningAnchorKey {
  const { kty, crv, x, y, d } = (jwk ?? {}) as JsonWebKey;
  if (kty !== 'EC' || crv !== 'P-256' || x === undefined || y === undefined || d === undefined)
    throw new Error('consent cannot anchor the ledger: a private EC P-256 signing key is required');
  const privateKey = createPrivateKey({ key: { kty, crv, x, y, d }, format: 'jwk' });
  // RFC 7638: the required members in the order of their names
  const keyId = createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('hex');
  return { keyId, privateKey, publicKey: createPublicKey(privateKey) };
}
