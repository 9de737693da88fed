import type { LedgerFindingKind } from '#contracts';

/** One trace of tampering: in which chain, at which place, or which anchor. */
export interface Finding {
  readonly kind: LedgerFindingKind;
  readonly clientId: string | null;
  readonly place: number | null;
  readonly entryId: string | null;
  readonly anchorNumber: number | null;
  /** The opening that only the ledger has, or only the log of referrals has. */
  readonly disclosureId: string | null;
}

export function inChain(
  kind: LedgerFindingKind,
  clientId: string,
  place: number | null,
  entryId: string | null = null,
): Finding {
  return { kind, clientId, place, entryId, anchorNumber: null, disclosureId: null };
}

export function ofAnchor(
  kind: Extract<LedgerFindingKind, 'anchor-altered' | 'anchor-removed'>,
  anchorNumber: number,
): Finding {
  return { kind, clientId: null, place: null, entryId: null, anchorNumber, disclosureId: null };
}
