import type { InstantText, OrganizationId, StillAuthorised } from '#contracts';
import type { ClientFacts, ConsentRecord } from '../consent/consent.ts';
import { permissionsOf } from '../permission/permission.ts';
import type { Piece } from '../validity/validity.ts';

interface Allowed extends Piece {
  readonly recipient: OrganizationId;
}

/**
 * What other consents still allow of the revoked part. `wasTaken` says what was revoked; each consent is judged on its
 * own.
 */
export function stillAuthorised(
  others: readonly ConsentRecord[],
  wasTaken: (piece: Piece) => boolean,
  facts: ClientFacts,
  now: InstantText,
): readonly StillAuthorised[] {
  return others.flatMap((record) => {
    const same = piecesOf(record, facts, now).filter(wasTaken);
    if (same.length === 0) return [];
    return {
      consentId: record.consentId,
      recipients: distinct(same.map((piece) => piece.recipient)),
      categories: distinct(same.map((piece) => piece.category)),
      purposes: distinct(same.map((piece) => piece.purpose)),
      directions: distinct(same.map((piece) => piece.direction)),
    };
  });
}

/** Tells whether a piece was allowed before, and is no longer allowed by the same paper. */
export function takenBack(
  papers: readonly { readonly before: ConsentRecord; readonly after: ConsentRecord }[],
  facts: ClientFacts,
  now: InstantText,
): (piece: Piece) => boolean {
  const taken = new Set<string>();
  for (const { before, after } of papers) {
    const left = new Set(piecesOf(after, facts, now).map(textOf));
    for (const piece of piecesOf(before, facts, now)) if (!left.has(textOf(piece))) taken.add(textOf(piece));
  }
  return (piece) => taken.has(textOf(piece));
}

function piecesOf(record: ConsentRecord, facts: ClientFacts, now: InstantText): readonly Allowed[] {
  return permissionsOf([record], facts, now).flatMap(
    ({ recipientOrganizationId: recipient, purpose, direction, categories }) =>
      categories.map((category) => ({ recipient, purpose, direction, category })),
  );
}

function textOf({ recipient, category, purpose, direction }: Piece): string {
  return [recipient, category, purpose, direction].join(' ');
}

function distinct<T extends string>(list: readonly T[]): readonly T[] {
  return [...new Set(list)].sort();
}
