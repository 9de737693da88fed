/** What a verification of the disclosure ledger can find. Each finding means that somebody tampered with the database. */
export const ledgerFindingKinds = [
  'altered',
  'removed',
  'inserted',
  'reordered',
  'rewritten',
  'head-moved',
  'anchor-altered',
  'anchor-removed',
  'opening-without-entry',
  'entry-without-opening',
] as const;
export type LedgerFindingKind = (typeof ledgerFindingKinds)[number];
