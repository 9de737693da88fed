import type { ReadingKind } from '#contracts';
import type { Permission } from '../domain/consent/permission.ts';

/** Who a client is, shown to another organization, by which consent and behind which open access. */
export interface Sight {
  readonly clientId: string;
  readonly referralId: string;
  readonly taskId: string;
  readonly fromOrganizationId: string;
  readonly permission: Permission;
}

/** What an answer shows of clients. */
export interface Shown<T> {
  readonly answer: T;
  readonly kind: ReadingKind;
  /** Clients of the reader's own organization. */
  readonly own: readonly string[];
  /** Those of others; several of one client count once. */
  readonly across: readonly Sight[];
}

/** One sight of each client, the first. */
export function onePerClient(sights: readonly Sight[]): readonly Sight[] {
  return [...new Map(sights.toReversed().map((sight) => [sight.clientId, sight])).values()].toReversed();
}
