import type { AccessEndCause, Category, DisclosureKind, Direction, InstantText, NoticeCode, Purpose } from '#contracts';

/**
 * L of contract.md §3.2: the group whose handlers write the ledger, and nobody else. Who verifies holds each entry against
 * what this group has handled.
 */
export const consentLedger = 'consent.ledger';

/** One line of the ledger as it is sealed: ids, codes and instants alone. */
export interface LedgerEntry {
  readonly entryId: string;
  readonly clientId: string;
  /** 1, 2, 3 ... in each client's chain. */
  readonly place: number;
  readonly eventId: string;
  readonly disclosureId: string | null;
  readonly accessId: string | null;
  readonly kind: DisclosureKind;
  readonly direction: Direction;
  readonly at: InstantText;
  readonly referralId: string;
  readonly taskId: string;
  readonly fromOrganizationId: string;
  readonly toOrganizationId: string;
  readonly readerId: string | null;
  readonly categories: readonly Category[];
  readonly purpose: Purpose;
  readonly consentIds: readonly string[];
  readonly noticeCodes: readonly NoticeCode[];
  /** Attachments whose bytes were handed over. */
  readonly attachmentIds: readonly string[];
  /** Why an access ended; null for other kinds, and where it was written before causes were kept. */
  readonly cause: AccessEndCause | null;
}

export interface SealedEntry extends LedgerEntry {
  readonly previousSeal: string;
  /** SHA-256 (hex) over this entry and the seal of the one before it in the client's chain. */
  readonly seal: string;
}

/**
 * The text that is hashed: every field, in an order that never changes, after the previous seal. Attachments and causes
 * came later: an entry without is hashed as it was before there were some, so the seals of old entries hold; one with some
 * has an element more (a list, or a text), so taking it away, or putting one to it, shows.
 */
export function sealedText(previousSeal: string, entry: LedgerEntry): string {
  return JSON.stringify([
    previousSeal,
    entry.entryId,
    entry.clientId,
    entry.place,
    entry.eventId,
    entry.disclosureId,
    entry.accessId,
    entry.kind,
    entry.direction,
    entry.at,
    entry.referralId,
    entry.taskId,
    entry.fromOrganizationId,
    entry.toOrganizationId,
    entry.readerId,
    entry.categories,
    entry.purpose,
    entry.consentIds,
    entry.noticeCodes,
    ...(entry.attachmentIds.length === 0 ? [] : [entry.attachmentIds]),
    ...(entry.cause === null ? [] : [entry.cause]),
  ]);
}
