import { ledgerFindingKinds, type LedgerFindingKind } from '../codes/ledger-finding.ts';
import { Code, Count, Id, Instant, Nested } from '../fields.ts';
import { Digest } from '../fields/digest.ts';
import type { ClientId, DisclosureId, InstantText, PersonId } from '../ids.ts';

/** An anchor as an outside copy of it: its number, and the SHA-256 of its content. */
export class LedgerAnchorMark {
  @Count({ min: 1 }) readonly number!: number;
  @Digest() readonly digest!: string;
}

/** `POST /api/consent/ledger/verifications`. `anchors`: copies kept outside, each compared with the log. */
export class VerifyLedger {
  @Nested(() => LedgerAnchorMark, { list: true, optional: true }) readonly anchors?: readonly LedgerAnchorMark[] | null;
}

/**
 * One trace of tampering. `anchorNumber` for an anchor; otherwise the chain of a client, the place, and the entry there.
 * With `disclosureId`: the opening of a packet that only the ledger has, or only the log of referrals has.
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
 * The whole ledger compared with its seals and its anchors. `findingCount` counts all findings. Of the first 50,
 * `findings` shows those about anchors and about clients of the reader's organization. `askedBy` null: the daily
 * verification.
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
  /** Openings of packets in the log of referrals, each compared with the ledger; null if that log could not be read. */
  @Count({ optional: true }) readonly openings!: number | null;
  /** Keep it outside the platform, and give it to a later verification. */
  @Nested(() => LedgerAnchorMark, { optional: true }) readonly lastAnchor!: LedgerAnchorMark | null;
  @Count() readonly findingCount!: number;
  @Nested(() => LedgerFindingView, { list: true }) readonly findings!: readonly LedgerFindingView[];
}
