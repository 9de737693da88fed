import type { Category, ConsentKind, Direction, Purpose } from '#contracts';
import { isProtected, needsWriting, type ConsentRecord } from '../consent/consent.ts';

/** What a consent of this kind can permit at most, whatever its paper says (domain.md §3, the table of kinds). */
export interface Opening {
  readonly category: Category;
  readonly purpose: Purpose;
  readonly direction: Direction;
  /** The recipient treats the client: a hospital, a mental-health or substance-use programme. */
  readonly receiverTreats: boolean;
}

/** Care coordination is an operation in 45 CFR 164.501; an emergency needs no consent and is not an operation. */
const operations: ReadonlySet<Purpose> = new Set(['treatment', 'payment-operations', 'care-coordination']);

export function kindOpens(record: Pick<ConsentRecord, 'kind' | 'method'>, opening: Opening): boolean {
  if (record.method === 'verbal-attestation' && needsWriting(opening.category)) return false;
  return opensByKind[record.kind](opening);
}

const opensByKind: Readonly<Record<ConsentKind, (opening: Opening) => boolean>> = {
  'named-recipient': () => true,
  'treatment-payment-operations': ({ category, purpose, receiverTreats }) =>
    operations.has(purpose) && (receiverTreats ? category !== 'domestic-violence' : !isProtected(category)),
  'return-path': ({ category, direction, receiverTreats }) =>
    direction === 'return' && (receiverTreats || !isProtected(category)),
  // Separate from disclosure: how a client may be reached permits nothing.
  contact: () => false,
  'general-attestation': ({ category }) => !isProtected(category),
};
