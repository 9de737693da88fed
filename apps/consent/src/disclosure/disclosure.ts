import type { AccessEndCause, Category, DisclosureKind, Direction, InstantText, NoticeCode, Purpose } from '#contracts';

/**
 * L of contract.md §3.2: the only group whose handlers write the ledger. The verification compares each entry with the
 * events that this group has handled.
 */
export const consentLedger = 'consent.ledger';

/** One entry of the ledger in its sealed form: only ids, codes and instants. */
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
  /** Why an access ended; null for other kinds, and in entries from before causes were stored. */
  readonly cause: AccessEndCause | null;
}

export interface SealedEntry extends LedgerEntry {
  readonly previousSeal: string;
  /** SHA-256 (hex) over this entry and the seal of the previous one in the client's chain. */
  readonly seal: string;
}

/**
 * The hashed text: every field, in an order that never changes, after the previous seal. Attachments and causes were
 * added later. An entry without them is hashed as before, so that old seals stay valid. An entry with them has an
 * additional element (a list, or a text), so removing or adding one is detected.
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
