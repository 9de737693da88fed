import { event } from '../envelope.ts';
import { Count, Flag, Id, Instant } from '../fields.ts';
import { Digest, Signature } from '../fields/digest.ts';
import type { ClientId, InstantText, OrganizationId } from '../ids.ts';

/** The most chains that one anchor names. */
export const chainsPerAnchor = 100;

/**
 * The state of the chains of the disclosure ledger: chain i is the client's `clientIds[i]`; its last entry is at
 * `places[i]` with the seal `seals[i]`. Signed with the issuer's key `keyId` (the JWK thumbprint of RFC 7638, in hex),
 * and chained: `previous` is the SHA-256 of the previous anchor. A copy of it shows later whether the ledger was
 * rewritten or shortened.
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
 * A verification found `newFindings` faults that no earlier one had found. `organizationIds` are the organizations whose
 * clients' chains are affected; empty if everybody is affected, or if there are too many to name.
 */
export class LedgerBroken extends event('consent.ledger.broken') {
  @Id() readonly verificationId!: string;
  @Count({ min: 1 }) readonly newFindings!: number;
  @Id({ list: true }) readonly organizationIds!: readonly OrganizationId[];
}

/** The whole ledger was compared with its seals and its anchors. If it is not `intact`, somebody tampered with it. */
export class LedgerVerified extends event('consent.ledger.verified') {
  @Id() readonly verificationId!: string;
  @Flag() readonly intact!: boolean;
  @Count() readonly findings!: number;
  @Count() readonly chains!: number;
  @Count() readonly entries!: number;
  @Count() readonly anchors!: number;
}
