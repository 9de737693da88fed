import { ledgerFindingKinds, type LedgerFindingKind } from '../codes/ledger-finding.ts';
import { Code, Count, Id, Instant, Nested } from '../fields.ts';
import { Digest } from '../fields/digest.ts';
import type { ClientId, DisclosureId, InstantText, PersonId } from '../ids.ts';

/** An anchor as somebody outside the house keeps it: its number, and the SHA-256 of what it says. */
export class LedgerAnchorMark {
  @Count({ min: 1 }) readonly number!: number;
  @Digest() readonly digest!: string;
}

/** `POST /api/consent/ledger/verifications`. `anchors`: what was kept outside, each held against what is in the log. */
export class VerifyLedger {
  @Nested(() => LedgerAnchorMark, { list: true, optional: true }) readonly anchors?: readonly LedgerAnchorMark[] | null;
}

/**
 * One trace of tampering. `anchorNumber` for an anchor; else the chain of a client, the place, and the entry there. With
 * `disclosureId`: the opening of a packet that stands in the ledger alone, or in the log of referrals alone.
 */
export class LedgerFindingView {
  @Code(ledgerFindingKinds) readonly kind!: LedgerFindingKind;
  @Id({ optional: true }) readonly clientId!: ClientId | null;
  @Count({ optional: true }) readonly place!: number | null;
  @Id({ optional: true }) readonly entryId!: string | null;
  @Count({ optional: true }) readonly anchorNumber!: number | null;
  @Id({ optional: true }) readonly disclosureId!: DisclosureId | null;
}

export const ledgerVerificationStates = ['running', 'intact', 'broken'] as const;

/**
 * The whole ledger held against its seals and its anchors. `findingCount` counts all; `findings` shows, of the first 50,
 * those of anchors and of clients of one's own organization. `askedBy` null: the daily verification.
 */
export class LedgerVerificationView {
  @Id() readonly verificationId!: string;
  @Code(ledgerVerificationStates) readonly state!: (typeof ledgerVerificationStates)[number];
  @Id({ optional: true }) readonly askedBy!: PersonId | null;
  @Instant() readonly startedAt!: InstantText;
  @Instant({ optional: true }) readonly finishedAt!: InstantText | null;
  @Count() readonly chains!: number;
  @Count() readonly entries!: number;
  @Count() readonly anchors!: number;
  /** Openings of packets in the log of referrals, each held against the ledger; null where that log could not be read. */
  @Count({ optional: true }) readonly openings!: number | null;
  /** Keep it outside the house, and give it to a later verification. */
  @Nested(() => LedgerAnchorMark, { optional: true }) readonly lastAnchor!: LedgerAnchorMark | null;
  @Count() readonly findingCount!: number;
  @Nested(() => LedgerFindingView, { list: true }) readonly findings!: readonly LedgerFindingView[];
}
