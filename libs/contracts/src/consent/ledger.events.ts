import { event } from '../envelope.ts';
import { Count, Flag, Id, Instant } from '../fields.ts';
import { Digest, Signature } from '../fields/digest.ts';
import type { ClientId, InstantText, OrganizationId } from '../ids.ts';

/** Most chains that one anchor names. */
export const chainsPerAnchor = 100;

/**
 * Where the chains of the disclosure ledger stood: chain i is the client's `clientIds[i]`; its last entry stood at
 * `places[i]`, sealed `seals[i]`. Signed with the issuer's key `keyId` (the JWK thumbprint of RFC 7638, in hex), and chained:
 * `previous` is the SHA-256 of the anchor before. Whoever keeps it can tell a ledger that was rewritten or cut short.
 */
export class LedgerAnchored extends event('consent.ledger.anchored') {
  /** 1, 2, 3 ... without a gap. */
  @Count({ min: 1 }) readonly number!: number;
  @Instant() readonly anchoredAt!: InstantText;
  @Digest() readonly previous!: string;
  @Id({ list: true, min: 1, max: chainsPerAnchor }) readonly clientIds!: readonly ClientId[];
  @Count({ list: true, min: 1, max: chainsPerAnchor }) readonly places!: readonly number[];
  @Digest({ list: true, min: 1, max: chainsPerAnchor }) readonly seals!: readonly string[];
  @Digest() readonly keyId!: string;
  @Signature() readonly signature!: string;
}

/**
 * A verification found what none before had found: `newFindings` of them. `organizationIds` are those that the chains'
 * clients concern; empty where it concerns everybody, or where they are too many to name.
 */
export class LedgerBroken extends event('consent.ledger.broken') {
  @Id() readonly verificationId!: string;
  @Count({ min: 1 }) readonly newFindings!: number;
  @Id({ list: true }) readonly organizationIds!: readonly OrganizationId[];
}

/** The whole ledger was held against its seals and its anchors. Not `intact`: somebody tampered with it. */
export class LedgerVerified extends event('consent.ledger.verified') {
  @Id() readonly verificationId!: string;
  @Flag() readonly intact!: boolean;
  @Count() readonly findings!: number;
  @Count() readonly chains!: number;
  @Count() readonly entries!: number;
  @Count() readonly anchors!: number;
}
