import type { ConsentValidity, InstantText } from '#contracts';
import { endsByDefault, missingOf } from './completeness.ts';
import type { ConsentRecord, RevocationTerms } from '../consent/consent.ts';
import { endOfDay, plusDays } from './days.ts';

/** VAWA requires a reasonable time limit; domain.md §3 sets it. */
const domesticViolenceDays = 30;
/** This many days before its end a consent `expires-soon`: when the first renewal reminder is due. */
const expiresSoonDays = 30;

/** The first instant at which the consent is no longer valid; null = it has no end of its own. */
export function endOf(
  record: Pick<ConsentRecord, 'categories' | 'expiresOn' | 'signedAt' | 'recordedAt'>,
): InstantText | null {
  if (record.expiresOn !== null) return endOfDay(record.expiresOn);
  if (endsByDefault(record)) return plusDays(record.signedAt ?? record.recordedAt, domesticViolenceDays);
  return null;
}

/** A consent is valid from its signature; one with a later signature time is valid from its recording. */
export function startOf(record: Pick<ConsentRecord, 'signedAt' | 'recordedAt'>): InstantText {
  return record.signedAt !== null && record.signedAt < record.recordedAt ? record.signedAt : record.recordedAt;
}

export function isExpired(record: ConsentRecord, now: InstantText): boolean {
  const end = endOf(record);
  return end !== null && end <= now;
}

/** Revoked as a whole: in one step, or piece by piece until nothing that the paper names is left. */
export function isRevoked(record: ConsentRecord): boolean {
  if (record.revocations.length === 0) return false;
  if (record.revocations.some((revocation) => revocation.scope === null)) return true;
  const pieces = piecesOf(record);
  return pieces.length > 0 && pieces.every((piece) => isTakenBack(record, piece));
}

/** Computed on each read, never stored (domain.md §3). */
export function validityOf(record: ConsentRecord, now: InstantText): ConsentValidity {
  if (isRevoked(record)) return 'revoked';
  if (missingOf(record).length > 0) return 'incomplete';
  const end = endOf(record);
  if (end === null) return 'active';
  if (end <= now) return 'expired';
  return end <= plusDays(now, expiresSoonDays) ? 'expires-soon' : 'active';
}

/** Complete, not expired, not revoked: only such consents can allow anything. */
export function isActive(record: ConsentRecord, now: InstantText): boolean {
  const validity = validityOf(record, now);
  return validity === 'active' || validity === 'expires-soon';
}

/** One thing that a consent may allow. `recipient` null means the class of recipients. */
export interface Piece {
  readonly recipient: string | null;
  readonly category: ConsentRecord['categories'][number];
  readonly purpose: ConsentRecord['purposes'][number];
  readonly direction: ConsentRecord['directions'][number];
}

export function isTakenBack(record: Pick<ConsentRecord, 'revocations'>, piece: Piece): boolean {
  return record.revocations.some(({ scope }) => scope === null || covers(scope, piece));
}

function covers(scope: RevocationTerms, piece: Piece): boolean {
  return (
    holds(scope.recipients, piece.recipient) &&
    holds(scope.categories, piece.category) &&
    holds(scope.directions, piece.direction) &&
    holds(scope.purposes, piece.purpose)
  );
}

/** Naming organizations never revokes a class: its other members remain. */
function holds<T>(list: readonly T[] | null, value: T | null): boolean {
  return list === null || (value !== null && list.includes(value));
}

function piecesOf(record: ConsentRecord): readonly Piece[] {
  const recipients = [...record.recipients, ...(record.recipientClass === null ? [] : [null])];
  return recipients.flatMap((recipient) =>
    record.categories.flatMap((category) =>
      record.purposes.flatMap((purpose) =>
        record.directions.map((direction) => ({ recipient, category, purpose, direction })),
      ),
    ),
  );
}
